/**
 * Steps that average `value` over the trainings of a family: `mean`, `trainings`, and from `lower` to `upper` their range, or the
 * interval (`low`, `high`) of a family's only training.
 *
 * @param groupby What tells the numbers of a family apart.
 * @param more Other fields to aggregate.
 */
export function overTrainings(groupby: readonly string[], more: readonly unknown[] = []): unknown[] {
  return [
    {
      aggregate: [
        { op: "mean", field: "value", as: "mean" },
        { op: "min", field: "value", as: "least" },
        { op: "max", field: "value", as: "most" },
        { op: "valid", field: "value", as: "trainings" },
        { op: "min", field: "low", as: "low" },
        { op: "max", field: "high", as: "high" },
        ...more,
      ],
      groupby: ["category", "family", ...groupby],
    },
    { calculate: "datum.trainings > 1 ? datum.least : datum.low", as: "lower" },
    { calculate: "datum.trainings > 1 ? datum.most : datum.high", as: "upper" },
  ];
}

/** What a mark of {@linkcode overTrainings} tells, after what it is of. */
export const MEAN_TOOLTIP: readonly Readonly<Record<string, string>>[] = [
  { field: "mean", title: "Mean", format: ".3~g" },
  { field: "lower", title: "From", format: ".3~g" },
  { field: "upper", title: "To", format: ".3~g" },
  { field: "trainings", title: "Trainings" },
];

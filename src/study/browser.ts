export { changeStudy, type StudyChanges } from "./change_study.ts";
export { findStudy, STUDIES } from "./find_study.ts";
export { limitsOf, NOT_STATED, type RanNetwork, type RunFacts } from "./limits.ts";
export { MINI } from "./mini.ts";
export { fileName, idOfFile, isNetworkFile } from "./network_files.ts";
export { PAPER } from "./paper.ts";
export { isFileNetwork, stimuliOf, STUDY_DEFAULTS } from "./said.ts";
export { RECIPE_NAMES, recipeOfName, RECIPES } from "./preprocessing_recipes.ts";
export type {
  FileNetwork,
  LayerChoice,
  LockNetwork,
  NamedStimuli,
  PreprocessingChoice,
  StimulusFolder,
  Study,
  StudyConditions,
  StudyFamily,
  StudyNetwork,
  StudyPair,
} from "./study.ts";
export { FAMILY_NAME, studyJsonSchema } from "./study_schema.ts";

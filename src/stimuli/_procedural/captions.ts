import type { Random } from "./random.ts";
import type { Facts } from "./scene.ts";
import { PHRASES } from "./caption_phrases.ts";

const FACES = [
  "A portrait of a {expression} {someone:kind}, {gaze:view}. {he:person} has {skin}[ and {hair}] and wears a {top} top. The picture is {light}, {backdrop}.",
  "The face of a {someone:kind} {backdrop}: {he:person} {does:expression}, {gaze:view}, in a {top} shirt. {skin}[, {hair}], {light}.",
  "A {someone:kind} with {skin}[ and {hair}] {does:expression}. {his:person} face is {light}, {gaze:view}. {top} clothes, {backdrop}.",
  "Close view of the head of a {expression} {someone:kind}, {light} and {gaze:view}, {backdrop}. {he:person} has {skin}[, {hair}] and {top} clothing.",
];

const TEXTS = [
  'The word "{word}" {style:kind}, in {ink}, {slope}, {card}, {paper:backdrop}[, {distance}].',
  'Text that reads "{word}", {style:kind}, {slope}. The letters are {ink}, {card}, {paper:backdrop}[, {distance}].',
  'Someone wrote "{word}" {paper:backdrop}, {card}: {ink} text {style:kind}, {slope}[, {distance}].',
];

/**
 * What people would write below a picture of each class. `{aspect}` stands for a phrase for the picture's fact,
 * `{table:aspect}` for one of another table; what is in brackets is left out where the picture has no such fact.
 */
const PATTERNS: Readonly<Record<string, readonly string[]>> = {
  "bearded-man": FACES,
  "bald-man-glasses": FACES,
  "long-haired-woman": FACES,
  "woman-updo": FACES,
  "child": FACES,
  "elderly-woman": FACES,
  "standing-body": [
    "A person stands {backdrop}, shown from the neck down, {view}[, {arms}]. The clothes are a {shirt:sleeves} and {pants:legs}; {skin}, {light}[, {distance}].",
    "The body of someone standing, without the head, {view}[, {arms}][, {distance}]: {shirt:sleeves}, {pants:legs}, {skin}, {light}, {backdrop}.",
    "A standing figure in a {shirt:sleeves} and {pants:legs}[, {arms}], cut off at the neck. {skin}. The body is {view}, {light}, {backdrop}[, {distance}].",
  ],
  "seated-body": [
    "A person sits on a {seat} seat {backdrop}, shown from the neck down, {view}. The clothes are a {shirt:sleeves} and {pants:legs}; {skin}, {light}[, {distance}].",
    "The body of someone sitting, without the head, {view}[, {distance}]: {shirt:sleeves}, {pants:legs}, {skin}, {seat} stool below, {light}, {backdrop}.",
    "A seated figure in a {shirt:sleeves} and {pants:legs} on a {seat} chair, cut off at the neck. {skin}. The body is {view}, {light}, {backdrop}[, {distance}].",
  ],
  "running-body": [
    "A person runs {backdrop}, shown from the neck down, {view}. The clothes are a {shirt:sleeves} and {pants:legs}; {skin}, {light}[, {distance}].",
    "The body of a runner, without the head, {view}[, {distance}]: {shirt:sleeves}, {pants:legs}, {skin}, {light}, {backdrop}.",
    "Someone running in a {shirt:sleeves} and {pants:legs}, cut off at the neck. {skin}. The body is {view}, {light}, {backdrop}[, {distance}].",
  ],
  "raised-arms-body": [
    "A person {arms}, shown from the neck down {backdrop}. The clothes are a {shirt:sleeves} and {pants:legs}; {skin}, {light}[, {distance}].",
    "The body of someone {arms}, without the head[, {distance}]: {shirt:sleeves}, {pants:legs}, {skin}, {light}, {backdrop}.",
    "A figure in a {shirt:sleeves} and {pants:legs} {arms}, cut off at the neck. {skin}. The body is {light}, {backdrop}[, {distance}].",
  ],
  "torso": [
    "The upper body of a person {arms}, without the head[, in a {shirt:sleeves}][, {chest}]. {skin}, {light}, {backdrop}.",
    "A torso {backdrop}, {arms}[, {chest}][, wearing a {shirt:sleeves}], {light}. The person has {skin}.",
    "Someone's chest and shoulders, cut off at the neck, {arms}, {light} {backdrop}. {skin}[, {chest}][, {shirt:sleeves}].",
  ],
  "hand": [
    "{fingers}, {palm}, with {skin} and a {top} sleeve[, {distance}]. It is {light}, {backdrop}.",
    "A picture of {fingers}, {light} and {palm} {backdrop}. {skin}, {top} sleeve[, {distance}].",
    "Someone's forearm in a {top} sleeve and {fingers}, {palm}[, {distance}]; {skin}, {light}, {backdrop}.",
  ],
  "corridor": [
    "A {lighting} corridor {setting} with {walls} walls, a {floor} floor and {end}.",
    "Looking down a long hallway {setting}: {walls} walls, {floor} floor, {end}. It is {lighting}.",
    "An empty hall {setting}, {lighting}. The walls are {walls}, the floor is {floor}, and there is {end}.",
  ],
  "house": [
    "A {storeys} house {chimney} {hour}, {trees}. It has {walls} walls and a {roof} roof; the picture was taken {setting}.",
    "{hour}, a family home stands on a lawn {setting}, {trees}: {storeys}, {walls} walls, {roof} roof, {chimney}.",
    "A {walls} house with a {roof} roof, seen from {setting} {hour}. It is a {storeys} building {chimney} {trees}.",
  ],
  "beach": [
    "A sandy beach {hour}, {setting}: {sea}, {shade}, {hills}.",
    "{hour} at the seaside. {sea} and {shade}, {hills}; all of it {setting}.",
    "The shore of the ocean {hour} {hills}, a place {setting}. {shade}, {sea}.",
  ],
  "forest": [
    "A forest {season}, {air}, {setting}; {path}.",
    "Tall trees in the woods {season} {air}. {path}. The place is {setting}.",
    "{season}, deep in a wood {setting}, {air}: {path}.",
  ],
  "street": [
    "A city street {hour} {setting}, between {height} {walls} buildings, with {crossing}.",
    "{hour}, a road runs between {height} buildings, many of them {walls}. {setting}, with {crossing}.",
    "A town road {setting} {hour}: {height} houses on both sides, {walls} fronts, {crossing}.",
  ],
  "kitchen": [
    "A {lighting} kitchen {setting} with {cupboards} cupboards and {walls} walls; {fridge}. It has {window} and {table}.",
    "{cupboards} cupboards in a {lighting} kitchen with {walls} walls, {setting}. {fridge}; in it are {table} and {window}.",
    "The kitchen of a home, {setting}, {lighting}: {fridge}, the walls are {walls}, the cupboards {cupboards}, with {window} and {table}.",
  ],
  "serif-word": TEXTS,
  "sans-word": TEXTS,
  "typewriter-word": TEXTS,
  "handwritten-word": TEXTS,
  "capitals-word": TEXTS,
  "number": [
    "The number {digit}, which has {digits} digits, in {ink}, {slope}, {card}, {paper:backdrop}[, {distance}].",
    "{digits} figures that read {digit}, {slope}. They are {ink}, {card}, {paper:backdrop}[, {distance}].",
    "Someone wrote {digit} {paper:backdrop}, {card}: a {ink} number of {digits} digits, {slope}[, {distance}].",
  ],
  "car": [
    "{car:count} {facing}[, {distance}], {light}, {backdrop}.",
    "Parked {backdrop}, {light} and {facing}: {car:count}[, {distance}].",
    "Traffic: {car:count} {backdrop}, {light}, {facing}[, {distance}].",
  ],
  "mug": [
    "{mug:count} of {coffee}[ with a {accent} stripe], {handle:facing}[, {distance}], {light}, {backdrop}.",
    "{coffee} in {mug:count} {handle:facing}[ and a {accent} stripe round it], {light} {backdrop}[, {distance}].",
    "Something to drink: {mug:count} {backdrop}, {handle:facing}, filled with {coffee}[; the stripe is {accent}]. {light}[, {distance}].",
  ],
  "chair": [
    "{chair:count} with {back}, {facing}[, {distance}], {light}, {backdrop}.",
    "{chair:count} {facing} {backdrop}, {light}[, {distance}], with {back}.",
    "A place to sit: {chair:count} {backdrop}, {light} and {facing}, with {back}[, {distance}].",
  ],
  "guitar": [
    "{guitar:count}, {lean:facing}[, {distance}], {light}, {backdrop}.",
    "Made for music: {guitar:count} {backdrop}, {lean:facing}, {light}[, {distance}].",
    "{lean:facing}, {guitar:count} with six strings, {light} {backdrop}[, {distance}].",
  ],
  "lamp": [
    "{lamp:count} with a {color} shade and a {accent} foot, {lit}[, {distance}], {light}, {backdrop}.",
    "{lamp:count} {backdrop}, {lit}. The shade is {color}, the foot {accent}; {light}[, {distance}].",
    "To read by: {lamp:count}, {lit}, {light} {backdrop}, {color} lampshade, {accent} base[, {distance}].",
  ],
  "clock": [
    "{clocks:count} showing about {clock} o'clock, with a {color} rim, a {accent} dial and {dial}[, {distance}], {light}, {backdrop}.",
    "It is around {clock} by {clocks:count} {backdrop}. {color} rim, {accent} face, {dial}, {light}[, {distance}].",
    "{clocks:count} with {dial} {backdrop}, {light}[, {distance}]. The rim is {color}, the dial {accent}, and the hands say {clock}.",
  ],
};

const PLACE = /\{(\w+)(?::(\w+))?\}/g;

function fill(random: Random, pattern: string, facts: Facts, told: Set<string>): string {
  const kept = pattern.replace(/\[([^\]]*)\]/g, (_, part: string) => {
    const known = [...part.matchAll(PLACE)].every(([, table, aspect]) => facts[aspect ?? table] !== undefined);
    return known ? part : "";
  });
  return kept.replace(PLACE, (_, table: string, aspect: string = table) => {
    const value = facts[aspect];
    if (value === undefined) throw new Error(`Cannot write "${pattern}": the picture has no "${aspect}"`);
    told.add(aspect);
    if (typeof value !== "string") return value.join("");
    const phrases = PHRASES[table]?.[value];
    return phrases === undefined ? value : fill(random, random.pick(phrases), facts, told);
  });
}

/**
 * A caption that tells every fact of a picture, in one of several phrasings.
 *
 * @param kind The name of the picture's class.
 */
export function writeCaption(random: Random, kind: string, facts: Facts): string {
  const told = new Set<string>(), known = { ...facts, kind };
  const text = fill(random, random.pick(PATTERNS[kind]), known, told);
  const missed = Object.keys(facts).filter((aspect) => facts[aspect] !== undefined && !told.has(aspect));
  if (missed.length > 0) throw new Error(`Cannot write "${text}": it does not tell ${missed.join(", ")}`);
  return text.replace(/\ba (?=[aeio]|un)/gi, (a) => `${a[0]}n `)
    .replace(/(^|[.] )([a-z])/g, (_, before: string, first: string) => before + first.toUpperCase());
}

/** A picture's facts as yes/no attributes: the names of those that hold, such as `hair: black`. */
export function listAttributes(domain: string, kind: string, facts: Facts): string[] {
  return Object.entries({ domain, kind, ...facts }).flatMap(([aspect, value]) =>
    [...new Set([value ?? []].flat())].map((one) => `${aspect}: ${one}`)
  );
}

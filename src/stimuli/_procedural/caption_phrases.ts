/** The ways to say a fact: by table and value. A phrase may hold further places, as the patterns do. */
export const PHRASES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  // People.
  person: { man: ["man"], woman: ["woman"], child: ["child", "kid"] },
  he: { man: ["he"], woman: ["she"], child: ["the child"] },
  his: { man: ["his"], woman: ["her"], child: ["the child's"] },
  someone: {
    "bearded-man": ["bearded {person}", "{person} with a beard", "{person} with a full beard"],
    "bald-man-glasses": ["bald {person} with glasses", "{person} with no hair who wears glasses"],
    "long-haired-woman": ["long-haired {person}", "{person} with long hair"],
    "woman-updo": ["{person} with a bun", "{person} whose hair is tied up"],
    "child": ["little {person}", "young {person}"],
    "elderly-woman": ["elderly {person}", "old {person} with wrinkles"],
  },
  expression: {
    smiling: ["smiling"],
    laughing: ["laughing"],
    serious: ["serious", "stern"],
    sad: ["sad", "unhappy"],
    surprised: ["surprised", "astonished"],
  },
  does: {
    smiling: ["is smiling", "smiles"],
    laughing: ["is laughing", "laughs with an open mouth"],
    serious: ["looks serious", "keeps a straight face"],
    sad: ["looks sad", "is unhappy"],
    surprised: ["looks surprised", "is astonished"],
  },
  skin: {
    pale: ["pale skin", "very fair skin"],
    light: ["light skin"],
    tan: ["tanned skin"],
    brown: ["brown skin"],
    dark: ["dark skin"],
  },
  hair: {
    black: ["black hair"],
    brown: ["brown hair"],
    blond: ["blond hair"],
    red: ["red hair", "ginger hair"],
    grey: ["grey hair"],
    white: ["white hair"],
  },
  gaze: {
    front: ["looking straight ahead", "facing the camera"],
    left: ["looking to the left", "turned to the left"],
    right: ["looking to the right", "turned to the right"],
  },
  facing: { left: ["facing left", "turned to the left"], right: ["facing right", "turned to the right"] },
  view: {
    front: ["seen from the front", "facing us"],
    left: ["seen from the side, facing left", "turned to the left"],
    right: ["seen from the side, facing right", "turned to the right"],
  },
  shirt: {
    long: ["long-sleeved {top} shirt", "{top} shirt with long sleeves"],
    short: ["{top} T-shirt", "short-sleeved {top} shirt"],
  },
  pants: {
    long: ["{trousers} trousers", "long {trousers} pants"],
    short: ["{trousers} shorts", "short {trousers} pants"],
  },
  arms: {
    "on the hip": ["with one hand on the hip"],
    "both up": ["with both arms in the air", "raising both arms"],
    "one up": ["with one arm up and the other stretched out to the side"],
    "crossed": ["with crossed arms", "with folded arms"],
    "hanging": ["with the arms hanging down", "with the arms at the sides"],
  },
  chest: { bare: ["no shirt", "a bare chest"] },
  fingers: {
    five: ["an open hand with all five fingers spread", "a hand showing five fingers"],
    two: ["a hand holding up two fingers", "a hand showing two fingers"],
    one: ["a hand pointing with one finger", "a hand holding up one finger"],
    none: ["a hand closed to a fist", "a clenched fist"],
    three: ["a hand holding up three fingers", "a hand showing three fingers"],
  },
  palm: {
    shown: ["with the palm towards us", "seen from the palm side"],
    hidden: ["seen from the back", "with the back of the hand towards us"],
  },
  // Places.
  hour: {
    day: ["on a sunny day", "under a blue sky"],
    overcast: ["on a cloudy day", "under a grey sky"],
    sunset: ["at sunset", "in the evening, as the sun goes down"],
    night: ["at night", "after dark"],
  },
  setting: { indoors: ["indoors", "inside a building"], outdoors: ["outdoors", "outside"] },
  trees: {
    none: ["without any trees beside it", "and there are no trees"],
    one: ["with one tree beside it", "next to a single tree"],
    two: ["with two trees beside it", "between two trees"],
  },
  chimney: { yes: ["with a chimney"], no: ["without a chimney"] },
  storeys: { one: ["one-storey", "single-storey"], two: ["two-storey", "two-floor"] },
  shade: {
    palm: ["a palm tree leans over the sand", "there is a palm tree on the sand"],
    parasol: ["a {parasol} parasol stands on the sand", "there is a {parasol} umbrella on the sand"],
    none: ["the sand is empty", "there is nothing on the sand"],
  },
  hills: {
    yes: ["with hills in the distance", "with hills on the horizon"],
    no: ["with no hills in sight", "with an open horizon"],
  },
  season: { summer: ["in summer"], autumn: ["in autumn"], winter: ["in winter"], spring: ["in spring"] },
  air: { misty: ["in the mist", "in thick fog"], clear: ["in clear air"] },
  path: {
    yes: ["a path leads through the trees", "there is a path between the trees"],
    no: ["there is no path", "no path leads through it"],
  },
  height: { tall: ["tall"], low: ["low"] },
  crossing: {
    yes: ["a zebra crossing in front", "white stripes for people to cross"],
    no: ["no crossing", "no zebra stripes"],
  },
  end: { window: ["a window at the far end"], door: ["a door at the far end"] },
  lighting: { bright: ["brightly lit", "bright"], dim: ["dimly lit", "rather dark"] },
  table: { yes: ["a table with three oranges in a bowl", "three oranges on a table"], no: ["no table"] },
  window: { yes: ["a window above the worktop", "a window"], no: ["no window"] },
  fridge: {
    left: ["the fridge is on the left", "a fridge stands on the left"],
    right: ["the fridge is on the right", "a fridge stands on the right"],
  },
  sea: {
    left: ["the sea is on the left", "waves come in from the left"],
    right: ["the sea is on the right", "waves come in from the right"],
  },
  // Words.
  style: {
    "serif-word": ["in serif letters", "in a serif typeface"],
    "sans-word": ["in plain sans-serif letters", "in a sans-serif typeface"],
    "typewriter-word": ["in typewriter letters", "typed on a typewriter"],
    "handwritten-word": ["in handwriting", "written by hand"],
    "capitals-word": ["in capital letters", "all in capitals"],
  },
  slope: { level: ["in a straight line", "written level"], up: ["sloping upwards"], down: ["sloping downwards"] },
  card: {
    dark: ["on a dark card", "on a dark sign"],
    pale: ["on a pale card", "on a white sign"],
    none: ["with no card behind it"],
  },
  // Objects.
  car: {
    one: ["a {color} {body}", "one {color} {body}"],
    two: ["two {color} {bodies:body}", "a pair of {color} {bodies:body}"],
  },
  body: { van: ["station wagon", "car with a long roof"], saloon: ["car with a short roof", "small car"] },
  bodies: { van: ["station wagons", "cars with long roofs"], saloon: ["cars with short roofs", "small cars"] },
  mug: {
    one: ["a {color} mug", "one {color} cup", "a {color} coffee mug"],
    two: ["two {color} mugs", "a pair of {color} cups", "two {color} coffee mugs"],
  },
  chair: {
    one: ["a {color} chair", "one {color} dining chair"],
    two: ["two {color} chairs", "a pair of {color} dining chairs"],
  },
  guitar: {
    one: ["a {color} {sound} guitar", "one {sound} guitar in {color}"],
    two: ["two {color} {sound} guitars", "a pair of {sound} guitars in {color}"],
  },
  lamp: { one: ["a table lamp", "one desk lamp"], two: ["two table lamps", "a pair of desk lamps"] },
  clocks: { one: ["a wall clock", "one round clock"], two: ["two wall clocks", "a pair of round clocks"] },
  coffee: { steaming: ["steaming coffee", "hot coffee"], still: ["coffee", "coffee without steam"] },
  back: { slats: ["a back of wooden slats", "a slatted back"], cushion: ["{accent} cushions", "a {accent} cushion"] },
  lean: { left: ["leaning to the left", "tilted to the left"], right: ["leaning to the right", "tilted to the right"] },
  lit: { on: ["switched on", "glowing"], off: ["switched off", "not lit"] },
  dial: { figures: ["figures", "numerals"], marks: ["marks in place of numbers", "no numbers"] },
  handle: { left: ["with the handle on the left"], right: ["with the handle on the right"] },
  // All.
  light: {
    left: ["lit from the left", "in light from the left"],
    right: ["lit from the right", "in light from the right"],
    front: ["lit from the front", "in light from the front"],
    above: ["lit from above", "in light from above"],
  },
  backdrop: {
    noisy: ["against a mottled {background} background", "in front of a grainy {background} wall"],
    smooth: ["against a smooth {background} background", "in front of a plain {background} wall"],
  },
  paper: {
    noisy: ["on a mottled {background} background", "on grainy {background} paper"],
    smooth: ["on a smooth {background} background", "on plain {background} paper"],
  },
  distance: { near: ["seen from close up", "very near"], far: ["seen from some distance", "rather far away"] },
};

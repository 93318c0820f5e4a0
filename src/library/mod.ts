export { compare } from "./compare.ts";
export { localize, type LocalizedNetwork, type LocalizeOptions, type SelectiveUnits } from "./localize.ts";
export { type OpenNetwork, openNetwork, type OpenNetworkOptions } from "./open_network.ts";
export { type OpenStimuli, openStimuli } from "./open_stimuli.ts";
export { respond, type Responses } from "./respond.ts";

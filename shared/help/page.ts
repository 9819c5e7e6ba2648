import type { ExplainNode } from '../explain.ts';
import type { FigureName } from '../domain/margin-state.ts';
import type { HelpExample } from './example.ts';

/** How sure we are of a rule: as a parameter's status in a rule pack. */
export type Certainty = NonNullable<ExplainNode['rule']>['status'];

/** What each certainty means, in the words a reader sees. */
export const CERTAINTY_WORDS: Record<Certainty, string> = {
  verified: 'read in the rule itself',
  secondary: 'read in a summary of the rule, or in published examples of it',
  house: 'set by the firm',
  unverified: 'recalled: not checked against the rule',
};

/** What a rule rests on. */
export interface Citation {
  cites: string;
  certainty: Certainty;
  /** What it says, where that is not plain from the page. */
  says?: string;
}

/**
 * One formula and one line of arithmetic that follows it. `worked` is a line that the trees of the page's examples
 * contain, or one whose result an example states; a test computes both.
 */
export interface Formula {
  what: string;
  is: string;
  worked: string;
}

/**
 * What leads to a page. `*` stands for any characters. A label wins over a parameter, because one parameter is used by
 * several rules: the 20 % of a short option is also the dearer side of a straddle.
 */
export interface Covers {
  /** Keys of rule packs' parameters and settings. */
  keys?: readonly string[];
  /** Labels of explain nodes. */
  labels?: readonly string[];
  /** Names of strategies. */
  strategies?: readonly string[];
  /** Figures whose trees, and columns, open here where nothing closer does. */
  figures?: readonly FigureName[];
}

/** One family of rules, as the renderer and the command line both show it. */
export interface HelpPage {
  /** Short name, in addresses and on the command line: `long-options`. */
  id: string;
  title: string;
  /** What it is, in one sentence. */
  inShort: string;
  /** How it works, paragraph by paragraph, in the words of a margin clerk. */
  words: readonly string[];
  formulas: readonly Formula[];
  examples: readonly HelpExample[];
  citations: readonly Citation[];
  covers: Covers;
  /** Ids of pages that a reader may want next. */
  seeAlso: readonly string[];
}

import { isFigureName, type ExplainedFigure, type FigureName } from '../domain/margin-state.ts';
import type { ExplainNode } from '../explain.ts';
import { assert } from '../result.ts';
import { HELP_PAGES } from './pages.ts';
import type { HelpPage } from './page.ts';

const byId = new Map(HELP_PAGES.map((page) => [page.id, page]));

/** The page of that short name; null when there is none. */
export function pageById(id: string): HelpPage | null {
  return byId.get(id) ?? null;
}

/** A word with `*` for any characters, as something to match with, and how much of it is fixed. */
interface Pattern {
  page: HelpPage;
  fixed: number;
  matches: (text: string) => boolean;
}

function patternsOf(words: (page: HelpPage) => readonly string[] | undefined): { exact: Map<string, HelpPage>; open: Pattern[] } {
  const exact = new Map<string, HelpPage>();
  const open: Pattern[] = [];
  for (const page of HELP_PAGES) {
    for (const word of words(page) ?? []) {
      if (!word.includes('*')) exact.set(word, page);
      else {
        const regex = new RegExp(`^${word.split('*').map((part) => part.replaceAll(/[.()[\]]/g, String.raw`\$&`)).join('.*')}$`);
        open.push({ page, fixed: word.length, matches: (text) => regex.test(text) });
      }
    }
  }
  return { exact, open: open.toSorted((a, b) => b.fixed - a.fixed) };
}

type Patterns = ReturnType<typeof patternsOf>;
const keys = patternsOf((page) => page.covers.keys);
const labels = patternsOf((page) => page.covers.labels);
const strategies = patternsOf((page) => page.covers.strategies);

/** The exact word first, then the pattern that says most. */
function lookUp({ exact, open }: Patterns, text: string): HelpPage | null {
  return exact.get(text) ?? open.find(({ matches }) => matches(text))?.page ?? null;
}

/** The page that tells about a parameter or setting of a rule pack; null when none does. */
export function pageOfKey(key: string): HelpPage | null {
  return lookUp(keys, key);
}

/** The page of a strategy such as `covered call`; of the first one where a position is part of several. */
export function pageOfStrategy(strategy: string): HelpPage | null {
  return lookUp(strategies, strategy.split(' + ')[0] ?? '');
}

/** The page about a figure: every figure has one. */
export function pageOfFigure(figure: ExplainedFigure): HelpPage {
  const page = isFigureName(figure) ? pageOfNamed(figure) : pageById('call-price');
  assert(page !== null, `no help page is about ${figure}`);
  return page;
}

function pageOfNamed(figure: FigureName): HelpPage {
  const page = HELP_PAGES.find(({ covers }) => covers.figures?.includes(figure));
  assert(page !== undefined, `no help page is about ${figure}`);
  return page;
}

type Named = Pick<ExplainNode, 'label' | 'rule' | 'subject' | 'op'>;

/** The page that a node names itself, by its label, its rule or its strategy; null where only what is above it does. */
export function pageOfNode({ label, rule, subject, op }: Named): HelpPage | null {
  const byLabel = lookUp(labels, label);
  if (byLabel) return byLabel;
  const byKey = rule?.parameter === undefined ? null : pageOfKey(rule.parameter);
  if (byKey) return byKey;
  if (op === 'sum' && subject?.group !== undefined) return pageOfStrategy(label) ?? (subject.group === label ? pageById('pairing') : null);
  return null;
}

/** The page for the last of these nodes, which stand from the root of a figure's tree downwards: the nearest that has one. */
export function pageOfPath(figure: ExplainedFigure, path: readonly Named[]): HelpPage {
  for (const node of path.toReversed()) {
    const page = pageOfNode(node);
    if (page) return page;
  }
  return pageOfFigure(figure);
}

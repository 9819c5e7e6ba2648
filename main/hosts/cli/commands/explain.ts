import type { PositionRow } from '../../../../shared/views.ts';
import { explainedFigure, FIGURES, type ExplainedFigure } from '../../../../shared/domain/margin-state.ts';
import type { ExplainNode } from '../../../../shared/explain.ts';
import { pageOfFigure, pageOfNode } from '../../../../shared/help/find.ts';
import { fail, succeed, type Result } from '../../../../shared/result.ts';
import { printExplain } from '../explain-text.ts';
import { painted } from '../paint.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, printJson, trouble, withDesk, type ExitStatus } from '../with-desk.ts';

export interface ExplainOptions {
  json?: boolean;
  figure: string;
  instrument?: string;
}

/**
 * `explain BOOK ACCOUNT`: how a figure comes about, down to its inputs; `--figure callPrice:XYZ` explains a call price,
 * `--instrument` one position's maintenance.
 */
export function explainCommand(terminal: Terminal, book: string, account: string, options: ExplainOptions): Promise<ExitStatus> {
  const figure = explainedFigure.safeParse(options.figure);
  if (!figure.success) return Promise.resolve(trouble(terminal, { code: 'unknown-figure', message: `There is no figure called ${JSON.stringify(options.figure)}.`, fix: `Figures are ${FIGURES.join(', ')}, and callPrice:INSTRUMENT.` }));
  return withDesk(terminal, book, 'read', async (desk) => {
    const view = options.instrument === undefined ? null : await desk.ask('accounts.view', { account });
    if (view && !view.ok) return view;
    const position = view ? positionKey(view.value.positions, options.instrument ?? '', account) : succeed(undefined);
    if (!position.ok) return position;
    const tree = await desk.ask('margin.explain', { account, figure: figure.data, ...(position.value === undefined ? {} : { position: position.value }) });
    if (!tree.ok) return tree;
    if (options.json) printJson(terminal, tree.value);
    else {
      printExplain(terminal, tree.value);
      terminal.out(painted(terminal, 'dim', `In words: "plimsoll rules PAGE", with ${pagesOf(figure.data, tree.value).join(', ')}`));
    }
    return succeed(EXIT.done);
  });
}

function positionKey(positions: readonly PositionRow[], instrument: string, account: string): Result<string> {
  const held = positions.filter((position) => position.instrument.toUpperCase() === instrument.trim().toUpperCase());
  const [only, ...more] = held;
  if (!only) return fail({ code: 'unknown-position', message: `${account} holds no ${JSON.stringify(instrument)}.`, fix: `"plimsoll positions BOOK ${account}" lists what it holds.` });
  if (more.length > 0) return fail({ code: 'several-positions', message: `${account} holds ${instrument} more than once (${held.map(({ group, subType, quantity }) => `${quantity} of ${group}, ${subType}`).join('; ')}).`, fix: 'Open it in the workstation, where each can be picked.' });
  return succeed(only.key);
}

/** The help pages that the lines of a tree name, in the order in which they come. */
function pagesOf(figure: ExplainedFigure, tree: ExplainNode): string[] {
  const pages = new Set([pageOfFigure(figure).id]);
  function visit(node: ExplainNode): void {
    const page = pageOfNode(node);
    if (page) pages.add(page.id);
    node.children.forEach(visit);
  }
  visit(tree);
  return [...pages];
}

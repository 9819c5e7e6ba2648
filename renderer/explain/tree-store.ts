import { useEffect, useMemo } from 'react';
import type { ExplainNode } from '../../shared/explain.ts';
import { asRead } from '../../shared/explain-tree.ts';
import type { Fault, Result } from '../../shared/result.ts';
import { useDesk, useValue } from '../desk/hooks.ts';
import { createValueStore, type ValueStore } from '../desk/value-store.ts';
import { sayFault } from '../shell/notices.ts';
import { fits, openedAndLeft, placeOf, placesOpened, withParts, type Left, type Parts } from './in-parts.ts';
import type { ExplainRequest } from './request.ts';

/** The tree of a figure as far as it was fetched. */
export interface FetchedTree {
  /** As people read it, with the parts of open lines in their places; null until the first answer. */
  root: ExplainNode | null;
  fault: Fault | null;
  /** Places of open lines that the desk would not give. Every other open line without its children is on its way. */
  refused: ReadonlySet<string>;
}

/** A tree that is kept current while the book moves: whatever a person has opened is fetched with every new tree. */
export interface TreeStore {
  fetched: ValueStore<FetchedTree>;
  /** Fetches the tree anew where the moment is another than the last. */
  follow: (moment: unknown) => void;
  /** Says which paths are open. What was refused is asked for once more when others are. */
  open: (paths: ReadonlySet<string>) => void;
}

type Ask = (at: readonly number[]) => Promise<Result<ExplainNode>>;

/** So often in a row may parts be of another moment than their tree before that is said. */
const MISFITS_MAX = 3;
const NEVER = Symbol('never');

/**
 * Each round asks for the tree and the parts of all open lines together, and never puts a part of one round into the tree
 * of another. A part belongs to the round only if the book has not moved since the round began, and if it says what its
 * line says; otherwise it is asked for with the next tree, and its line says until then that it is on its way.
 */
export function createTreeStore(ask: Ask): TreeStore {
  const fetched = createValueStore<FetchedTree>({ root: null, fault: null, refused: new Set() });
  let moment: unknown = NEVER;
  let open: ReadonlySet<string> = new Set();
  let [wanted, round, misfits] = [0, 0, 0];
  let tree: ExplainNode | null = null;
  let parts = new Map<string, ExplainNode>();
  // What the last round gave, shown or not: it tells which places there are to ask for.
  let heard: Parts = parts;
  let refused = new Set<string>();
  let busy = false;

  async function work(): Promise<void> {
    if (busy) return;
    busy = true;
    while (round !== wanted || toFetch().length > 0) await (round === wanted ? fetchOpened(toFetch()) : fetchTree());
    busy = false;
  }

  async function fetchTree(): Promise<void> {
    const asked = wanted;
    const places = tree ? placesOpened(tree, new Map([...heard, ...parts]), open) : [];
    const [answer, ...rest] = await Promise.all([ask([]), ...places.map(({ at }) => ask(at))]);
    round = asked;
    refused = new Set();
    tree = answer.ok ? answer.value : null;
    heard = new Map(places.flatMap((left, index) => partsIn(left, rest[index])));
    // The book has moved in between: nobody can tell which of these are of one moment, and the next round asks again.
    parts = new Map(round === wanted ? heard : []);
    if (answer.ok) show();
    else fetched.set({ ...fetched.get(), fault: answer.fault });
  }

  function toFetch(): (ExplainNode & { left: Left })[] {
    return tree ? openedAndLeft(tree, parts, open).filter(({ left }) => !refused.has(placeOf(left))) : [];
  }

  async function fetchOpened(lines: ReturnType<typeof toFetch>): Promise<void> {
    const answers = await Promise.all(lines.map(({ left }) => ask(left.at)));
    // The book has moved: the next round asks for them again.
    if (round !== wanted) return;
    let isStale = false;
    for (const [index, line] of lines.entries()) {
      const answer = answers[index] as Result<ExplainNode>;
      if (answer.ok && fits(line, answer.value)) parts.set(placeOf(line.left), answer.value);
      else if ((answer.ok || answer.fault.code === 'unknown-node') && misfits < MISFITS_MAX) isStale = true;
      else refuse(line, answer.ok ? { code: 'another-moment', message: `What ${line.label} was made of has changed while it was fetched.`, fix: 'Close the line and open it again.' } : answer.fault);
    }
    misfits = isStale ? misfits + 1 : 0;
    if (isStale) wanted += 1;
    else show();
  }

  function refuse({ left }: { left: Left }, fault: Fault): void {
    refused = new Set(refused).add(placeOf(left));
    sayFault(fault);
  }

  function show(): void {
    if (tree) fetched.set({ root: asRead(withParts(tree, parts)), fault: null, refused });
  }

  return {
    fetched,
    follow(next) {
      if (Object.is(next, moment)) return;
      moment = next;
      wanted += 1;
      misfits = 0;
      void work();
    },
    open(paths) {
      if (paths.size === open.size && [...paths].every((path) => open.has(path))) return;
      open = paths;
      refused = new Set();
      void work();
    },
  };
}

function partsIn(left: Left, answer: Result<ExplainNode> | undefined): [place: string, part: ExplainNode][] {
  return answer?.ok ? [[placeOf(left), answer.value]] : [];
}

/** The tree of a figure, anew whenever `moment` is another, and what tells its store which lines are open. */
export function useFetchedTree(request: ExplainRequest, moment: unknown): FetchedTree & { setOpened: TreeStore['open'] } {
  const desk = useDesk();
  const key = JSON.stringify(request);
  const store = useMemo(() => createTreeStore((at) => desk.ask('margin.explain', { ...(JSON.parse(key) as ExplainRequest), at: [...at] })), [desk, key]);
  useEffect(() => store.follow(moment), [store, moment]);
  return { ...useValue(store.fetched), setOpened: store.open };
}

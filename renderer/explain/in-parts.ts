import { useMemo, useState } from 'react';
import type { ExplainNode } from '../../shared/explain.ts';
import { asRead } from '../../shared/explain-tree.ts';
import { useAnswer, useDesk } from '../desk/hooks.ts';
import type { Answer } from '../desk/hooks.ts';
import { sayFault } from '../shell/notices.ts';
import type { ExplainRequest } from './request.ts';

type Parts = ReadonlyMap<string, ExplainNode>;
const NONE: Parts = new Map();

const placeOf = (at: readonly number[]): string => at.join('.');

/** The tree with the parts that were fetched in their places. A part of another moment of the book is not put there: the tree of that moment is on its way. */
export function withParts(node: ExplainNode, parts: Parts): ExplainNode {
  const part = node.left && parts.get(placeOf(node.left.at));
  if (part && part.label === node.label && part.amount === node.amount) return withParts({ ...part, ...(node.subject ? { subject: node.subject } : {}), ...(node.pairing ? { pairing: node.pairing } : {}) }, parts);
  const children = node.children.map((child) => withParts(child, parts));
  return children.every((child, index) => child === node.children[index]) ? node : { ...node, children };
}

/** Whether something was left out that nobody has fetched yet. */
export function isInParts(node: ExplainNode): boolean {
  return node.left !== undefined || node.children.some(isInParts);
}

export interface TreeInParts extends Pick<Answer<ExplainNode>, 'fault' | 'loading'> {
  /** As people read it. */
  root: ExplainNode | null;
  /** Fetches what was left out of a node. */
  fetch: (left: NonNullable<ExplainNode['left']>) => void;
}

/** The tree of a figure: a large one comes in parts, as its nodes are opened. Parts of a tree that has changed since are forgotten. */
export function useTreeInParts(request: ExplainRequest, refreshOn: unknown): TreeInParts {
  const desk = useDesk();
  const { value, fault, loading } = useAnswer('margin.explain', { ...request, at: [] }, refreshOn);
  const [fetched, setFetched] = useState<{ of: ExplainNode | null; parts: Parts }>({ of: null, parts: NONE });
  const parts = fetched.of === value ? fetched.parts : NONE;
  const root = useMemo(() => value && asRead(withParts(value, parts)), [value, parts]);

  async function fetchPart(at: number[]): Promise<void> {
    const answer = await desk.ask('margin.explain', { ...request, at });
    if (!answer.ok) return sayFault(answer.fault);
    setFetched((before) => ({ of: value, parts: new Map(before.of === value ? before.parts : NONE).set(placeOf(at), answer.value) }));
  }

  return { root, fault, loading, fetch: ({ at }) => void fetchPart(at) };
}

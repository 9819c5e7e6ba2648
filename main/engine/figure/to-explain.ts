import type { ExplainNode } from '../../../shared/explain.ts';
import { toDecimalText } from '../../../shared/money.ts';
import type { AbsentFigure, Figure, Text } from './figure.ts';
import { spell } from './spell.ts';

/**
 * The figure as people and other programs read it: texts made, amounts canonical, children in full. Figures that stand in
 * several places become nodes of their own in each, unless `known` is handed over, which keeps one node for each figure.
 */
export function toExplain(figure: Figure | AbsentFigure, known: Map<Figure | AbsentFigure, ExplainNode> | null = null): ExplainNode {
  const before = known?.get(figure);
  if (before) return before;
  const node = nodeOf(figure, figure.children.map((child) => toExplain(child, known)));
  known?.set(figure, node);
  return node;
}

/** A tree of more nodes is read level by level. */
const NODES_MAX = 2_000;

/**
 * A part of the figure's tree: from the node at these places on, as many levels as have no more nodes together than a person
 * could want at once, and one at least. Nodes whose children are left out say so. Null where there is no such node.
 */
export function toExplainInPart(figure: Figure | AbsentFigure, at: readonly number[], nodesMax = NODES_MAX): ExplainNode | null {
  let top: Figure | AbsentFigure = figure;
  for (const place of at) {
    const child: Figure | undefined = top.children[place];
    if (!child) return null;
    top = child;
  }
  return partOf(top, levelsWithin(top, nodesMax), at);
}

function levelsWithin(top: Figure | AbsentFigure, nodesMax: number): number {
  let [levels, nodes] = [0, 1];
  for (let level: readonly (Figure | AbsentFigure)[] = [top]; level.length > 0; levels += 1) {
    level = level.flatMap(({ children }) => children);
    nodes += level.length;
    if (nodes > nodesMax) break;
  }
  return Math.max(levels, 1);
}

function partOf(figure: Figure | AbsentFigure, levels: number, at: readonly number[]): ExplainNode {
  if (levels > 0) return nodeOf(figure, figure.children.map((child, place) => partOf(child, levels - 1, [...at, place])));
  const node = nodeOf(figure, []);
  return figure.children.length === 0 ? node : { ...node, left: { at: [...at], unverified: figure.unverified } };
}

function nodeOf(figure: Figure | AbsentFigure, children: ExplainNode[]): ExplainNode {
  const { about } = figure;
  const node: ExplainNode = {
    label: textOf(about.label),
    op: figure.op,
    amount: figure.amount === null ? null : toDecimalText(figure.amount),
    unit: figure.unit,
    children,
  };
  if (figure.chosen >= 0) node.chosen = figure.chosen;
  if (figure.rounding) node.rounding = figure.rounding;
  if (about.rule) node.rule = about.rule;
  const arithmetic = about.arithmetic === undefined ? arithmeticOf(figure) : textOf(about.arithmetic);
  if (arithmetic) node.arithmetic = arithmetic;
  if (about.source !== undefined) node.source = textOf(about.source);
  if (about.subject) node.subject = about.subject;
  return node;
}

/** Sums longer than this are told as a count: the children stand below anyway. */
const TERMS_MAX = 6;

/** The clerk's line, from the operation and the children: `25% × 20,000.00 = 5,000.00`. */
export function arithmeticOf(figure: Figure | AbsentFigure): string {
  if (figure.amount === null || figure.op === 'input') return '';
  const result = spell(figure.amount, figure.unit);
  const terms = figure.children.map((child) => spell(child.amount, child.unit));
  switch (figure.op) {
    case 'sum':
      if (terms.length === 0) return `nothing to add = ${result}`;
      return terms.length > TERMS_MAX ? `sum of ${terms.length} amounts = ${result}` : `${terms.map(bracketed).join(' + ')} = ${result}`;
    case 'difference':
      return `${terms.map(bracketed).join(' − ')} = ${result}`;
    case 'product':
      return `${terms.map(bracketed).join(' × ')} = ${result}`;
    case 'quotient':
      return `${terms.map(bracketed).join(' ÷ ')} = ${result}`;
    case 'greatest':
      return `greatest of ${terms.join(' and ')} = ${result}`;
    case 'least':
      return `least of ${terms.join(' and ')} = ${result}`;
    case 'choice':
      break;
  }
  return `${terms[figure.chosen] ?? ''} applies`;
}

function bracketed(term: string, index: number): string {
  return index > 0 && term.startsWith('-') ? `(${term})` : term;
}

function textOf(text: Text): string {
  return typeof text === 'string' ? text : text();
}

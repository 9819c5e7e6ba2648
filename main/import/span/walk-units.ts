import { SaxesParser } from 'saxes';
import type { Fault } from '../../../shared/result.ts';

/** An element of the file with its own text and the elements inside it. */
export interface Unit {
  name: string;
  text: string;
  line: number;
  children: Unit[];
}

/** The plain values of the elements around a unit, innermost first. */
export type Surroundings = readonly { name: string; values: ReadonlyMap<string, string> }[];

/** Called for every unit as soon as it is closed; nothing of it is kept afterwards. */
export type UnitListener = (unit: Unit, around: Surroundings) => void;

/** A reader of a document that comes in pieces. */
export interface UnitWalker {
  write: (piece: string) => void;
  /** The first thing wrong, or null. */
  close: () => Fault | null;
}

const DEPTH_MAX = 64;
const TEXT_LENGTH_MAX = 64 * 1024;
/** Elements inside one unit: a commodity with thousands of spreads is large, a file that never closes one is broken. */
const UNIT_ELEMENTS_MAX = 500_000;

interface Frame {
  name: string;
  line: number;
  text: string;
  values: Map<string, string>;
  /** Set inside a unit. */
  unit: Unit | null;
}

/**
 * Walks a document of tens of megabytes in pieces and hands over the elements named in `units`, one by one. Around them
 * only plain values are kept: a product's code, a series' expiry. There is no DTD and no entity of the document's own.
 */
export function walkUnits(name: string, units: ReadonlySet<string>, listener: UnitListener): UnitWalker {
  const parser = new SaxesParser({ position: true });
  const frames: Frame[] = [];
  let fault: Fault | null = null;
  let inUnit = 0;
  const stop = (code: string, message: string, fix: string): void => {
    fault ??= { code, message, at: `${name}:${parser.line}`, fix };
  };

  parser.on('error', ({ message }) => stop('broken-xml', `The XML is broken: ${message.replace(/^(?:[^:]*:)?\d+:\d+: /, '').replace(/\.$/, '')}.`, 'Download the file again; it may be cut off.'));
  parser.on('doctype', () => stop('xml-doctype', 'The XML declares a DOCTYPE, which no risk parameter file has.', 'Use the file as it comes from the clearing house.'));
  parser.on('opentag', ({ name: element }) => {
    if (fault) return;
    if (frames.length >= DEPTH_MAX) return stop('xml-too-deep', `Elements are nested more than ${DEPTH_MAX} deep.`, 'Check the file.');
    const parent = frames.at(-1);
    const unit = parent?.unit || units.has(element) ? { name: element, text: '', line: parser.line, children: [] } : null;
    if (unit) inUnit = parent?.unit ? inUnit + 1 : 1;
    if (inUnit > UNIT_ELEMENTS_MAX) return stop('too-many-elements', `One ${frames.find((frame) => frame.unit)?.name ?? element} holds more than ${UNIT_ELEMENTS_MAX} elements.`, 'Check the file.');
    frames.push({ name: element, line: parser.line, text: '', values: new Map(), unit });
  });
  parser.on('text', (text) => {
    const frame = frames.at(-1);
    if (!frame || fault) return;
    if (frame.text.length + text.length > TEXT_LENGTH_MAX) return stop('value-too-long', `The element ${frame.name} holds more than ${TEXT_LENGTH_MAX} characters.`, 'Check the file.');
    frame.text += text;
  });
  parser.on('closetag', () => {
    if (fault) return;
    const frame = frames.pop();
    if (!frame) return;
    const parent = frames.at(-1);
    const text = frame.text.trim();
    if (!frame.unit) {
      if (text !== '') parent?.values.set(frame.name, text);
      // `undC.cId`: what a series is on stands one level deeper than the series' own values.
      for (const [key, value] of frame.values) if (!key.includes('.')) parent?.values.set(`${frame.name}.${key}`, value);
      return;
    }
    frame.unit.text = text;
    if (parent?.unit) parent.unit.children.push(frame.unit);
    else listener(frame.unit, frames.toReversed());
  });
  return {
    write: (piece) => {
      if (!fault) parser.write(piece);
    },
    close: () => {
      if (!fault) parser.close();
      return fault;
    },
  };
}

/** The first child of that name. */
export function childOf(unit: Unit | undefined, name: string): Unit | undefined {
  return unit?.children.find((child) => child.name === name);
}

export function childrenOf(unit: Unit | undefined, name: string): Unit[] {
  return unit?.children.filter((child) => child.name === name) ?? [];
}

/** Text of the first child of that name; null when there is none or it is empty. */
export function textIn(unit: Unit | undefined, name: string): string | null {
  return childOf(unit, name)?.text || null;
}

/** A plain value from the nearest element around that has it. */
export function around(surroundings: Surroundings, name: string): string | null {
  for (const { values } of surroundings) {
    const value = values.get(name);
    if (value !== undefined) return value;
  }
  return null;
}

import { SaxesParser } from 'saxes';
import type { Fault } from '../../../shared/result.ts';
import type { Tick } from '../text/csv-rows.ts';
import { slotOf, type FlexRow } from './rows.ts';

const CHUNK_LENGTH = 64 * 1024;
const DEPTH_MAX = 64;
const VALUE_LENGTH_MAX = 64 * 1024;
const ELEMENTS_MAX = 5_000_000;

/** What a reader wants to hear of a document. `row` is called when an element opens, with its attributes. */
export interface XmlListener {
  row(row: FlexRow): void;
}

/**
 * Walks through an XML text in slices. There is no DTD and no entity of the document's own: a DOCTYPE is refused, so
 * nothing outside the file can be reached and nothing in it can unfold. Gives the first thing wrong, or null.
 */
export function walkXml(name: string, text: string, listener: XmlListener, tick?: Tick): Fault | null {
  const parser = new SaxesParser({ position: true });
  const found: { fault: Fault | null } = { fault: null };
  let row: FlexRow = { element: '', line: 1, values: [] };
  let depth = 0;
  let elements = 0;

  function stop(code: string, message: string, fix: string): void {
    found.fault ??= { code, message, at: `${name}:${parser.line}`, fix };
  }

  parser.on('error', ({ message }) => {
    stop('broken-xml', `The XML is broken: ${plainMessage(message)}.`, 'Download the file again; it may be cut off.');
  });
  parser.on('doctype', () => stop('xml-doctype', 'The XML declares a DOCTYPE, which no Flex file has.', "Use the file as it comes from the broker's site."));
  parser.on('opentagstart', ({ name: element }) => {
    row = { element, line: parser.line, values: [] };
  });
  parser.on('attribute', ({ name: attribute, value }) => {
    if (value.length > VALUE_LENGTH_MAX) stop('value-too-long', `The attribute ${attribute.slice(0, 60)} has ${value.length} characters.`, 'Check the file.');
    const slot = slotOf(attribute);
    if (slot !== undefined) row.values[slot] = value;
  });
  parser.on('opentag', () => {
    depth += 1;
    elements += 1;
    if (depth > DEPTH_MAX) stop('xml-too-deep', `Elements are nested more than ${DEPTH_MAX} deep.`, 'Check the file.');
    if (elements > ELEMENTS_MAX) stop('too-many-rows', `The file has more than ${ELEMENTS_MAX} elements.`, 'Split the query by account.');
    if (!found.fault) listener.row(row);
  });
  parser.on('closetag', () => {
    depth -= 1;
  });

  for (let from = 0; from < text.length && !found.fault; from += CHUNK_LENGTH) {
    parser.write(text.slice(from, from + CHUNK_LENGTH));
    tick?.(Math.min(from + CHUNK_LENGTH, text.length), text.length);
  }
  if (!found.fault) parser.close();
  return found.fault;
}

// The parser's messages begin with line and column of their own; ours stand in `at`.
function plainMessage(message: string): string {
  return message.replace(/^(?:[^:]*:)?\d+:\d+: /, '').replace(/\.$/, '');
}

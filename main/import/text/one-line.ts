import type { Fault } from '../../../shared/result.ts';

const LENGTH_MAX = 600;
// oxlint-disable-next-line no-control-regex
const BREAKS_A_LINE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** Text of a file as part of a message: one line, whatever the cell held. */
export function oneLine(text: string): string {
  const line = text.replaceAll(BREAKS_A_LINE, ' ');
  return line.length > LENGTH_MAX ? `${line.slice(0, LENGTH_MAX)}…` : line;
}

/** A fault whose texts are one line each. */
export function oneLineFault(fault: Fault): Fault {
  return { ...fault, message: oneLine(fault.message), ...(fault.at === undefined ? {} : { at: oneLine(fault.at) }) };
}

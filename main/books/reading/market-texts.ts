import type { InstrumentFact, MarkFact } from '../../../shared/domain/facts.ts';
import { assert } from '../../../shared/result.ts';
import { fromRow, type Naming } from '../facts/from-rows.ts';
import type { Row } from '../tables/bind.ts';

type Text = Uint8Array<ArrayBuffer>;

/** Instruments and marks of a book as JSON of their rows, some hundreds at a time. */
export interface MarketTexts {
  /** Each with the names that stand for its numbers. */
  instruments: { names: Text; rows: Text }[];
  /** Of the instruments that were named. */
  marks: Text[];
}

/** The memory that the texts take. */
export function memoryOfTexts({ instruments, marks }: MarketTexts): ArrayBuffer[] {
  return [...instruments.flatMap(({ names, rows }) => [names, rows]), ...marks].map(({ buffer }) => buffer);
}

/** The facts that the texts say, some hundreds at a time and instruments before marks, for whoever must not stop for long. */
export function* factsInTexts({ instruments, marks }: MarketTexts): Generator<{ instrument: InstrumentFact[]; mark: MarkFact[] }> {
  const names = new Map<number, string>();
  const naming: Naming = {
    account: () => '',
    instrument(number) {
      const name = names.get(number);
      assert(name !== undefined, `instrument ${number} has a name`);
      return name;
    },
  };
  for (const { names: named, rows } of instruments) {
    for (const [number, name] of parsed(named) as [number, string][]) names.set(number, name);
    yield { instrument: parsed(rows).map((row) => fromRow.instrument(row, naming)), mark: [] };
  }
  for (const rows of marks) yield { instrument: [], mark: parsed(rows).map((row) => fromRow.mark(row, naming)) };
}

function parsed(text: Text): Row[] {
  return JSON.parse(new TextDecoder().decode(text)) as Row[];
}

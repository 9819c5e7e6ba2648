import { parseDecimal } from '../../../../shared/money.ts';
import { succeed } from '../../../../shared/result.ts';
import { formatPrice } from '../../../../shared/format.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, printJson, trouble, withDesk, type ExitStatus } from '../with-desk.ts';

/** `mark BOOK INSTRUMENT PRICE`: a person's price joins the marks of the book, with their name as its source. */
export function markCommand(terminal: Terminal, book: string, instrument: string, priceText: string, { json }: { json?: boolean }): Promise<ExitStatus> {
  const price = parseDecimal(priceText.trim());
  if (price === null) return Promise.resolve(trouble(terminal, { code: 'not-a-price', message: `${JSON.stringify(priceText)} is not a price.`, fix: 'Write it with digits and a point: 95.50.' }));
  return withDesk(terminal, book, 'write', async (desk) => {
    const set = await desk.ask('marks.set', { instrument, price });
    if (!set.ok) return set;
    if (json) printJson(terminal, { instrument, price, ...set.value });
    else terminal.out(`${instrument} is marked at ${formatPrice(price, { negative: 'minus' })} (journal ${set.value.sequence}).`);
    return succeed(EXIT.done);
  });
}

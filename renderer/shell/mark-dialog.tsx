import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { useDesk, useValue } from '../desk/hooks.ts';
import { createValueStore } from '../desk/value-store.ts';
import { readTypedNumber } from '../format/typed-number.ts';
import { Dialog } from './dialog.tsx';
import { say, sayFault } from './notices.ts';

/** The instrument under the cursor, offered when somebody wants to price one by hand. */
export const instrumentAtHand = createValueStore('');

/** What was under the cursor on another screen is not offered for a mark on this one. */
export function useForgetAtHand(): void {
  useEffect(() => {
    const forget = (): void => instrumentAtHand.set('');
    addEventListener('hashchange', forget);
    return () => removeEventListener('hashchange', forget);
  }, []);
}

/** A person's own price for an instrument: it joins the live book's marks with their name as its source. */
export function MarkDialog({ onClose }: { onClose: () => void }): ReactNode {
  const desk = useDesk();
  const [instrument, setInstrument] = useState(useValue(instrumentAtHand));
  const [price, setPrice] = useState('');

  async function set(event: FormEvent): Promise<void> {
    event.preventDefault();
    const read = readTypedNumber(price);
    if (read === null) return say({ tone: 'trouble', text: `“${price}” is not a price. Write it as 1,250.50.` });
    const answer = await desk.ask('marks.set', { instrument: instrument.trim(), price: read });
    if (!answer.ok) return sayFault(answer.fault);
    onClose();
    say({ tone: 'done', text: `${instrument.trim()} is marked at ${price.trim()}; every account that holds it is computed anew.` });
  }

  return (
    <Dialog label="Set a mark" className="ask" onClose={onClose}>
      <h2>Set a mark by hand</h2>
      <p className="faint">This changes the live book, for every account that holds the instrument. To try a price out, type it into a position: that is a what-if.</p>
      <form onSubmit={(event) => void set(event)}>
        <label>
          <span>Instrument</span>
          <input value={instrument} required maxLength={80} onChange={(event) => setInstrument(event.target.value)} data-testid="mark-instrument" />
        </label>
        <label>
          <span>Price</span>
          <input className="number" value={price} required {...(instrument === '' ? {} : { 'data-first': true })} onChange={(event) => setPrice(event.target.value)} data-testid="mark-price" />
        </label>
        <footer>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="primary" data-testid="mark-set">
            Set the mark
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

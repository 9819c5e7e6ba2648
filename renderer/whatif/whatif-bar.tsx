import { memo, useState, type FormEvent, type ReactNode } from 'react';
import type { AccountRow, BranchView } from '../../shared/views.ts';
import { STATUS_LOOK } from '../design/status.ts';
import { StatusPill } from '../design/status-pill.tsx';
import { readTypedNumber } from '../format/typed-number.ts';
import { useCommand } from '../keys/commands.ts';
import { say } from '../shell/notices.ts';
import type { Branch } from './use-branch.ts';

function notANumber(what: string, typed: string): void {
  say({ tone: 'trouble', text: `“${typed}” is not a ${what}. Write it as 1,250.50, -300 or 12k.` });
}

const AddLeg = memo(function AddLeg({ edit }: Pick<Branch, 'edit'>): ReactNode {
  const [symbol, setSymbol] = useState('');
  const [quantity, setQuantity] = useState('');
  const [price, setPrice] = useState('');

  async function add(event: FormEvent): Promise<void> {
    event.preventDefault();
    const amount = readTypedNumber(quantity);
    const mark = price.trim() === '' ? undefined : readTypedNumber(price);
    if (amount === null) return notANumber('quantity', quantity);
    if (mark === null) return notANumber('price', price);
    const added = await edit({ kind: 'addLeg', symbol: symbol.trim(), quantity: amount, ...(mark === undefined ? {} : { price: mark }) });
    if (!added) return;
    setSymbol('');
    setQuantity('');
    setPrice('');
  }

  return (
    <form className="whatif-form" aria-label="Add a leg" onSubmit={(event) => void add(event)}>
      <input className="wide" placeholder="Symbol, e.g. TSLA 18SEP26 250 P" aria-label="Symbol of the leg" value={symbol} required maxLength={80} onChange={(event) => setSymbol(event.target.value)} data-testid="leg-symbol" />
      <input className="number" placeholder="Quantity" aria-label="Quantity of the leg; short is negative" value={quantity} required onChange={(event) => setQuantity(event.target.value)} data-testid="leg-quantity" />
      <input className="number" placeholder="Price" aria-label="Price of the leg, needed when the book has none" title="Needed only when the book has no price for it" value={price} onChange={(event) => setPrice(event.target.value)} data-testid="leg-price" />
      <button type="submit" data-testid="leg-add">
        Add leg
      </button>
    </form>
  );
});

const Deposit = memo(function Deposit({ edit, currency }: Pick<Branch, 'edit'> & { currency: string }): ReactNode {
  const [amount, setAmount] = useState('');
  const [kept, setKept] = useState(currency);

  async function deposit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const read = readTypedNumber(amount);
    if (read === null) return notANumber('amount', amount);
    if (await edit({ kind: 'deposit', currency: kept.trim().toUpperCase(), amount: read })) setAmount('');
  }

  return (
    <form className="whatif-form" aria-label="Deposit cash" onSubmit={(event) => void deposit(event)}>
      <input className="number" placeholder="Cash" aria-label="Amount of cash; negative to withdraw" value={amount} required onChange={(event) => setAmount(event.target.value)} data-testid="deposit-amount" />
      <input className="currency" aria-label="Currency of the cash" value={kept} required maxLength={10} onChange={(event) => setKept(event.target.value)} />
      <button type="submit" data-testid="deposit-add">
        Deposit
      </button>
    </form>
  );
});

/** As many as stand in two lines: the newest are what is looked for, and each line more is laid out anew with every edit. */
const EDITS_SHOWN = 3;

function Edits({ view }: { view: BranchView }): ReactNode {
  const [all, setAll] = useState(false);
  const earlier = all ? 0 : Math.max(0, view.edits.length - EDITS_SHOWN);
  if (view.edits.length === 0) return <p className="whatif-edits faint">No edits yet: type into a quantity or a mark, add a leg or deposit cash.</p>;
  return (
    <ol className="whatif-edits" aria-label="Edits of this what-if">
      {earlier > 0 && (
        <li>
          <button className="link" onClick={() => setAll(true)} title="Show all edits of this what-if">
            {earlier} earlier
          </button>
        </li>
      )}
      {view.edits.slice(earlier).map((each, index) => (
        // An edit has no name but its place: the list only ever grows and shrinks at its end.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={earlier + index}>{each.label}</li>
      ))}
    </ol>
  );
}

/** The banner of a what-if: that it is one, what it changes, and the ways to add, take back and leave. */
export function WhatIfBar({ branch, view, row }: { branch: Branch; view: BranchView; row: AccountRow }): ReactNode {
  useCommand('whatif.undo', branch.undo, view.canUndo);
  useCommand('whatif.redo', branch.redo, view.canRedo);
  useCommand('whatif.discard', branch.discard);
  const count = view.edits.length;
  return (
    <div className="whatif-bar" data-testid="whatif-banner">
      <div className="whatif-head">
        <strong>WHAT-IF — not the live book{count > 0 ? ' *' : ''}</strong>
        <span className="whatif-account">
          {row.account}
          {row.client === null ? '' : ` · ${row.client}`}
        </span>
        <span>
          {count === 1 ? '1 edit' : `${count} edits`} on sequence {view.sequence}
        </span>
        {view.stale && (
          <span className="stale" title="The live figures beside the branch are those of the sequence it was taken at. Discard it and open a new one to start from the book as it is now." data-testid="whatif-stale">
            ▲ stale: the live book has moved on
          </span>
        )}
        <span className="whatif-status" aria-label={`Status ${STATUS_LOOK[view.status.live].word}, on the branch ${STATUS_LOOK[view.status.branch].word}`}>
          <StatusPill status={view.status.live} /> → <StatusPill status={view.status.branch} />
        </span>
        <span className="whatif-acts">
          <button disabled={!view.canUndo} onClick={branch.undo} title="Ctrl+Z" data-testid="whatif-undo">
            Undo
          </button>
          <button disabled={!view.canRedo} onClick={branch.redo} title="Ctrl+Y" data-testid="whatif-redo">
            Redo
          </button>
          <button onClick={branch.discard} data-testid="whatif-discard">
            Discard
          </button>
        </span>
      </div>
      <div className="whatif-forms">
        <AddLeg edit={branch.edit} />
        <Deposit edit={branch.edit} currency={row.currency} />
        <Edits view={view} />
      </div>
    </div>
  );
}

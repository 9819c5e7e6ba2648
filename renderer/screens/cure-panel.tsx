import type { ReactNode } from 'react';
import type { AccountCures, AccountRow } from '../../shared/views.ts';
import { cureBasis, cureWords } from '../../shared/cure-words.ts';
import { faultLine } from '../../shared/result.ts';
import { StatusPill } from '../design/status-pill.tsx';
import { useAnswer, useDesk } from '../desk/hooks.ts';
import { formatFigure, fullFigure } from '../format/figure.ts';
import { useCommand } from '../keys/commands.ts';
import { openWhatIf } from '../whatif/open.ts';

type PoolRow = AccountCures['pools'][number];
type CureRow = PoolRow['cures'][number];

function Money({ text }: { text: string }): ReactNode {
  return (
    <td className={`number${text.startsWith('-') ? ' negative' : ''}`} title={fullFigure(text)} data-amount={text}>
      {formatFigure(text, 'money')}
    </td>
  );
}

function CureLine({ cure, currency, onTry }: { cure: CureRow; currency: string; onTry: () => void }): ReactNode {
  const words = cureWords(cure, currency);
  return (
    <tr title={`${words}\n${cureBasis(cure)}`}>
      <td className="cure-words">
        <button className="link" disabled={cure.edits.length === 0} onClick={onTry} data-testid="cure-try">
          {words}
        </button>
      </td>
      <Money text={cure.amount} />
      {cure.restores ? <td className="number">nothing</td> : <Money text={cure.missingAfter} />}
      <Money text={cure.after.excess} />
      <td>
        <StatusPill status={cure.after.status} />
      </td>
      <td className="faint">{cure.restores && cure.by === 'formula' ? 'formula' : 'computed'}</td>
    </tr>
  );
}

function PoolTable({ pool, several, onTry }: { pool: PoolRow; several: boolean; onTry: (cure: CureRow) => void }): ReactNode {
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">{several ? `Pool ${pool.pool} misses ` : 'Missing '}{formatFigure(pool.missing, 'money')} {pool.currency}</th>
            {['Amount', 'Still missing', 'Excess then'].map((head) => (
              <th key={head} scope="col" className="number">
                {head}
              </th>
            ))}
            <th scope="col">Status then</th>
            <th scope="col" title="By the desk’s formula, confirmed; or found by computing the margin again where options, add-ons or futures make the formula wrong">
              By
            </th>
          </tr>
        </thead>
        <tbody>
          {pool.cures.map((cure) => (
            <CureLine key={cureWords(cure, pool.currency)} cure={cure} currency={pool.currency} onTry={() => onTry(cure)} />
          ))}
        </tbody>
      </table>
      {pool.noTrades !== null && <p className="faint">{pool.noTrades}</p>}
    </>
  );
}

/** What would meet the account's house call, cheapest first; a click or a key puts one on a what-if. Nothing without a call. */
export function CurePanel({ row }: { row: AccountRow }): ReactNode {
  const desk = useDesk();
  const missing = row.deficit !== '0';
  const { value, fault } = useAnswer('account.cures', missing ? { account: row.account } : null, row, true);
  const pools = value?.pools ?? [];
  const first = pools.flatMap(({ cures }) => cures).find((cure) => cure.kind !== 'cash' && cure.kind !== 'securities' && cure.edits.length > 0);
  const attempt = (cure: CureRow): void => void openWhatIf(desk, row.account, ...cure.edits);
  useCommand('cure.try', () => first && attempt(first), first !== undefined);
  if (!missing) return null;
  return (
    <section className="side-panel cure-panel" aria-label="Cures" data-testid="cure-panel">
      <h3>
        Cures <kbd>C</kbd>
      </h3>
      {fault && <p className="screen-fault">{faultLine(fault)}</p>}
      {!value && !fault && <p className="faint">Working out what would meet the call …</p>}
      {pools.map((pool) => (
        <PoolTable key={pool.pool} pool={pool} several={pools.length > 1} onTry={attempt} />
      ))}
    </section>
  );
}

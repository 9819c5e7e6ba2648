import { memo, type ReactNode } from 'react';
import { pairingSentences, type PairingView } from '../../shared/pairing.ts';
import { fullFigure, formatFigure } from '../format/figure.ts';
import { openHelp } from '../help/state.ts';
import { useFirstRows } from './first-rows.tsx';

/** What an underlying was paired into, each strategy once with how often it stands there. */
function strategyWords({ strategies }: PairingView): string {
  const counts = new Map<string, number>();
  for (const { name } of strategies) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count === 1 ? name : `${count} × ${name}`)).join(', ');
}

function Money({ text, className = '' }: { text: string; className?: string }): ReactNode {
  return (
    <td className={`number ${className}`} title={fullFigure(text)} data-amount={text}>
      {formatFigure(text, 'money')}
    </td>
  );
}

/** What is not proved comes first, then what saves most: the rest saves least. */
const GROUPS_FIRST = 25;

/** How the legs of each underlying were put together, what it costs, what a simple pairing would, and how sure it is. */
export const PairingPanel = memo(function PairingPanel({ pairings, account }: { pairings: readonly PairingView[]; account: string }): ReactNode {
  const { shown, more } = useFirstRows(pairings, GROUPS_FIRST, 6);
  if (pairings.length === 0) return null;
  return (
    <section className="side-panel pairing" aria-label="Pairing" data-testid="pairing-panel">
      <h3>
        Pairing, house maintenance{' '}
        <button className="quiet" onClick={() => openHelp('pairing', account)} title="Pairing in words" aria-label="Pairing in words">
          ?
        </button>
      </h3>
      <table>
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col" className="number">
              This pairing
            </th>
            <th scope="col" className="number">
              Greedy
            </th>
            <th scope="col" className="number">
              Saves
            </th>
            <th scope="col">Proof</th>
            <th scope="col">Strategies</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((pairing) => (
            <tr key={`${pairing.pool} ${pairing.group}`} title={pairingSentences(pairing).join('\n')}>
              <td>{pairing.group}</td>
              <Money text={pairing.cost} />
              <Money text={pairing.greedy} />
              <Money text={pairing.saving} />
              <td className={pairing.optimal ? '' : 'warn-text'}>{pairing.optimal ? '= optimal' : `≤ ${formatFigure(pairing.gap, 'money')} above the least`}</td>
              <td>{strategyWords(pairing)}</td>
            </tr>
          ))}
          {more}
        </tbody>
      </table>
    </section>
  );
});

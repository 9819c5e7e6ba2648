import { memo, type ReactNode } from 'react';
import type { Headline } from '../../shared/views.ts';
import { appearance } from '../design/appearance.ts';
import { useValue } from '../desk/hooks.ts';
import type { ExplainRequest } from '../explain/request.ts';
import { openExplain } from '../explain/state.ts';
import { UNVERIFIED_GLYPH, UNVERIFIED_WORDS } from '../../shared/explain-tree.ts';
import { pageOfFigure } from '../../shared/help/find.ts';
import { helpAtHand } from '../help/state.ts';
import { formatChange, formatFigure, fullFigure, kindOfUnit } from '../format/figure.ts';
import { HEADLINE_FIGURES, unitOf } from './headlines.ts';

/** Whether a change is for the better: more excess is, more requirement is not. */
function toneOf(headline: Headline): 'better' | 'worse' | 'same' {
  if (headline.change === null || headline.change === '0') return 'same';
  const up = HEADLINE_FIGURES.find((each) => each.figure === headline.figure)?.up ?? 'better';
  return headline.change.startsWith('-') === (up === 'worse') ? 'better' : 'worse';
}

function Change({ headline, unit }: { headline: Headline; unit: string }): ReactNode {
  const kind = kindOfUnit(unit);
  const live = headline.live === null ? 'none' : headline.live === '0' ? '0' : formatFigure(headline.live, kind);
  const tone = toneOf(headline);
  const glyph = headline.change === null ? '' : tone === 'same' ? '=' : headline.change.startsWith('-') ? '▼' : '▲';
  return (
    <>
      <span className="headline-live">live {live}</span>
      <span className={`headline-change ${tone}`}>
        {glyph} {headline.change === null ? '' : tone === 'same' ? 'same' : formatChange(headline.change, kind)}
        {tone !== 'same' && <span className="unseen">, {tone}</span>}
      </span>
    </>
  );
}

/** One figure; drawn anew only when it, or the branch, is another one. */
const Tile = memo(function Tile({ headline, account, branchId }: { headline: Headline; account: string; branchId: string | null }): ReactNode {
  const onBranch = branchId !== null;
  const request: ExplainRequest = { account, figure: headline.figure, ...(onBranch ? { branchId } : {}) };
  const { negatives } = useValue(appearance);
  const unit = unitOf(headline.figure, headline.unit);
  const amount = onBranch ? headline.branch : headline.live;
  const known = HEADLINE_FIGURES.find((each) => each.figure === headline.figure);
  const tone = amount?.startsWith('-') ? ' negative' : '';
  return (
    <button
      className={`headline${onBranch && headline.live !== headline.branch ? ' changed' : ''}`}
      title={`${known?.hint ?? headline.label}\n${amount === null ? 'Does not exist here' : `${fullFigure(amount)} ${headline.unit}`}${headline.unverified ? `\n${UNVERIFIED_GLYPH} ${UNVERIFIED_WORDS}` : ''}`}
      onClick={() => openExplain(request)}
      onFocus={() => helpAtHand.set({ page: pageOfFigure(headline.figure).id, account: null })}
      data-testid={`headline-${headline.figure}`}
      data-amount={amount ?? ''}
      data-live={headline.live ?? ''}
    >
      <span className="headline-label">
        {headline.unverified && (
          <span className="unverified-mark" aria-label={UNVERIFIED_WORDS}>
            {UNVERIFIED_GLYPH}
          </span>
        )}
        {known?.label ?? headline.label}
      </span>
      <span className={`headline-amount${amount === null ? ' absent' : tone}`}>{amount === null ? 'none' : amount === '0' ? '0' : formatFigure(amount, kindOfUnit(unit), negatives)}</span>
      {onBranch && <Change headline={headline} unit={unit} />}
    </button>
  );
});

/** The account's figures in one strip; on a branch each with its live value and the change. A press opens the figure. */
export function HeadlineStrip({ headlines, account, branchId }: { headlines: readonly Headline[]; account: string; branchId: string | null }): ReactNode {
  return (
    <section className={`headlines of-${headlines.length}`} aria-label="Headline figures">
      {headlines.map((headline) => (
        <Tile key={headline.figure} headline={headline} account={account} branchId={branchId} />
      ))}
    </section>
  );
}

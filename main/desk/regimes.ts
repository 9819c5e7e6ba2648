import { AS_IT_IS, type ComparisonWithOffers, type RegimeOffer } from '../../shared/comparison.ts';
import type { Regime } from '../../shared/domain/facts.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import type { AccountInput, MarketInput } from '../engine/input.ts';
import type { PackShelf } from '../engine/packs/shelf.ts';
import { compareRegimes, marginUnder, type NamedRegime, type RegimeMargin } from '../engine/regimes/compare.ts';
import { underRules } from '../engine/regimes/under-rules.ts';
import { packsForRegime } from './pools.ts';

/** Regimes of accounts by a word of their own; all others are named by their packs. */
const WORDS: readonly { regime: Regime; title: string }[] = [
  { regime: 'regT', title: 'Reg T with house rules' },
  { regime: 'portfolio', title: 'Portfolio margin' },
  { regime: 'cash', title: 'Cash account' },
];

/** `now`, a regime such as `portfolio`, or rule packs joined by `+`. Faults: `unknown-regime`. */
export function regimeNamed(name: string, shelf: PackShelf): Result<NamedRegime> {
  if (name === AS_IT_IS) return succeed({ name, title: 'As it is', packs: null });
  const word = WORDS.find(({ regime }) => regime.toLowerCase() === name.toLowerCase());
  if (word) return succeed({ name: word.regime, title: word.title, packs: packsForRegime(word.regime) });
  const packs = name.split(/[+,]/).map((id) => id.trim());
  const unknown = packs.find((id) => !shelf.packs.has(id));
  if (unknown !== undefined) return fail({ code: 'unknown-regime', message: `There is no regime and no rule pack called ${JSON.stringify(unknown)}.`, fix: `Regimes are ${WORDS.map(({ regime }) => regime).join(', ')}; rule packs, alone or joined by "+", are ${[...shelf.packs.keys()].join(', ')}.` });
  return succeed({ name: packs.join('+'), title: packs.map((id) => shelf.packs.get(id)?.title ?? id).join(' + '), packs });
}

/** What an account is compared with when nobody says: portfolio margin, or the rules of a margin account where that is its own; at a venue or a lender, the first that know all it holds. */
function usualRegime(account: AccountInput, offers: readonly RegimeOffer[], market: MarketInput, shelf: PackShelf): string {
  const usual = account.regime === 'portfolio' ? 'regT' : 'portfolio';
  if (account.regime !== 'venue' && offers.some(({ regime }) => regime === usual)) return usual;
  return offers.find(({ regime }) => answers(accountUnder(account, regime, market, shelf)))?.regime ?? offers[0]?.regime ?? usual;
}

/** Whether a comparison says something: the rules take the account and know all of it. */
function answers(under: Result<RegimeMargin>): boolean {
  return under.ok && under.value.margin.status !== 'indeterminate';
}

/** The account under the regimes named, as it is first; under the usual other one when none is named. Faults: `unknown-regime`, `not-comparable`. */
export function compareAccount(account: AccountInput, names: readonly string[], market: MarketInput, shelf: PackShelf): Result<ComparisonWithOffers> {
  const offers = offersFor(account, market, shelf);
  const wanted = names.length > 0 ? names : [usualRegime(account, offers, market, shelf)];
  const regimes: NamedRegime[] = [];
  for (const name of wanted.includes(AS_IT_IS) ? wanted : [AS_IT_IS, ...wanted]) {
    const regime = regimeNamed(name, shelf);
    if (!regime.ok) return regime;
    if (!regimes.some((before) => before.name === regime.value.name)) regimes.push(regime.value);
  }
  return succeed({ ...compareRegimes(account, regimes, market, shelf), offers });
}

/** The account under one regime, for its trees. */
export function accountUnder(account: AccountInput, name: string, market: MarketInput, shelf: PackShelf): Result<RegimeMargin> {
  const regime = regimeNamed(name, shelf);
  return regime.ok ? marginUnder(account, regime.value, market, shelf) : regime;
}

/** Regimes that take what the account holds, other than its own: those with a word, then every pack that can stand alone, first those of the same kind: venue beside venue, lender beside lender. */
function offersFor(account: AccountInput, market: MarketInput, shelf: PackShelf): RegimeOffer[] {
  const own = new Set(account.pools.map(({ packs }) => packs.join('+')));
  const words = WORDS.map(({ regime, title }) => ({ regime: regime as string, title, packs: packsForRegime(regime) }));
  const alone = [...shelf.packs.values()].map(({ id, title }) => ({ regime: id, title, packs: [id] as readonly string[] }));
  const spoken = new Set(words.map(({ packs }) => packs.join('+')));
  const takes = (packs: readonly string[]): boolean => {
    const under = underRules(account, packs, market, shelf);
    // Rules of loans take any asset in principle; whether they have a weight for these is known only by computing.
    return under.ok && (under.value.account.pools.every(({ model }) => model !== 'lending') || marginUnder(account, { name: '', title: '', packs }, market, shelf).ok);
  };
  const isAlike = (packs: readonly string[]): boolean => {
    const under = underRules(account, packs, market, shelf);
    return under.ok && under.value.account.pools.every(({ model }, at) => model === account.pools[at]?.model);
  };
  const others = alone.filter(({ regime }) => !spoken.has(regime));
  const alike = new Set(others.filter(({ packs }) => isAlike(packs)));
  return [...words, ...alike, ...others.filter((other) => !alike.has(other))].filter(({ packs }) => !own.has(packs.join('+')) && takes(packs)).map(({ regime, title }) => ({ regime, title }));
}

import { Fragment, type ReactNode } from 'react';
import { UNVERIFIED_GLYPH } from '../../shared/explain-tree.ts';
import type { HelpExample } from '../../shared/help/example.ts';
import { linesOfExample } from '../../shared/help/example-lines.ts';
import { pageById, pageOfKey } from '../../shared/help/find.ts';
import { CERTAINTY_WORDS, type Certainty, type Formula, type HelpPage } from '../../shared/help/page.ts';
import type { PoolRules, RuleValue } from '../../shared/rule-values.ts';
import { openHelp } from './state.ts';

/** A number and its per cent sign stay on one line. */
const unbroken = (words: string): string => words.replaceAll(' %', '\u{a0}%');

function Formulas({ formulas }: { formulas: readonly Formula[] }): ReactNode {
  if (formulas.length === 0) return null;
  return (
    <section>
      <h3>Formulas</h3>
      <dl className="help-formulas">
        {formulas.map(({ what, is, worked }) => (
          <Fragment key={what}>
            <dt>{what}</dt>
            <dd>
              {unbroken(is)}
              <code>{worked}</code>
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

function Examples({ examples }: { examples: readonly HelpExample[] }): ReactNode {
  if (examples.length === 0) return null;
  return (
    <section>
      <h3>{examples.length === 1 ? 'Example' : 'Examples'}</h3>
      {examples.map((example) => (
        <Fragment key={example.says}>
          <p>{example.says}</p>
          <table className="help-figures">
            <tbody>
              {linesOfExample(example).map(([what, amount]) => (
                <tr key={what}>
                  <th scope="row">{what}</th>
                  <td className="number">{amount}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Fragment>
      ))}
    </section>
  );
}

function CertaintyChip({ certainty }: { certainty: Certainty }): ReactNode {
  return (
    <span className={`rule rule-${certainty}`} title={CERTAINTY_WORDS[certainty]}>
      <span className="rule-status">{certainty}</span>
    </span>
  );
}

function Value({ value }: { value: RuleValue }): ReactNode {
  const { label, cites, pack, status, note, replaces } = value;
  return (
    <tr data-key={value.key}>
      <td className="number">{value.value}</td>
      <td>
        {status === 'unverified' && (
          <span className="unverified-mark" title={CERTAINTY_WORDS.unverified}>
            {UNVERIFIED_GLYPH}
          </span>
        )}
        {label}
        <span className="help-source">
          {cites} <CertaintyChip certainty={status} /> {pack}
          {replaces.map((before) => `, in place of ${before.value} of ${before.pack}`)}
        </span>
        {note !== null && <span className="help-source">{note}</span>}
      </td>
    </tr>
  );
}

/** What is in force for the reader's account, pool by pool; pools that the page says nothing of are left out. */
function ValuesInForce({ page, rules, account }: { page: HelpPage; rules: readonly PoolRules[]; account: string | null }): ReactNode {
  const pools = rules.map((pool) => ({ ...pool, values: pool.values.filter(({ key }) => pageOfKey(key) === page) })).filter(({ values }) => values.length > 0);
  return pools.map(({ pool, packs, on, values }) => (
    <section key={pool} data-testid="help-values">
      <h3>
        In force for {account ?? 'margin accounts'}, pool {pool}
        {on === null ? '' : `, on ${on}`}
      </h3>
      <p className="help-source">{packs.join(', ')}</p>
      <table className="help-values">
        <tbody>
          {values.map((value) => (
            <Value key={value.key} value={value} />
          ))}
        </tbody>
      </table>
    </section>
  ));
}

/** One family of rules: in words, as formulas, by example, with what it rests on and the values in force. */
export function HelpPageView({ page, account, rules }: { page: HelpPage; account: string | null; rules: readonly PoolRules[] }): ReactNode {
  return (
    <>
      <p className="help-short">{unbroken(page.inShort)}</p>
      {page.words.map((words) => (
        <p key={words}>{unbroken(words)}</p>
      ))}
      <Formulas formulas={page.formulas} />
      <Examples examples={page.examples} />
      <ValuesInForce page={page} rules={rules} account={account} />
      <section>
        <h3>Rests on</h3>
        <ul className="help-citations">
          {page.citations.map(({ cites, certainty, says }) => (
            <li key={`${cites} ${says ?? ''}`}>
              {cites}
              {says === undefined ? '' : `: ${says}`} <CertaintyChip certainty={certainty} />
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3>See also</h3>
        <p className="help-also">
          {page.seeAlso.map((id) => (
            <button key={id} className="link" onClick={() => openHelp(id, account)}>
              {pageById(id)?.title ?? id}
            </button>
          ))}
        </p>
      </section>
    </>
  );
}

import { securities, shares } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const rulePacksPage: HelpPage = {
  id: 'rule-packs',
  title: 'Rule packs, layers and certainty',
  inShort: 'Every number of a rule is data with a citation; packs are laid over each other and the last one wins.',
  words: [
    'A pack is a JSON document: an id, a version, the day from which it holds, and for each number its value, unit, citation and how sure of it we are. Every figure names the pack and version it rests on.',
    'Layers go from regulatory to house to broker list to account. A later layer takes the place of an earlier one’s number; the house still never asks less than the exchange, leg by leg.',
    'Certainty: verified was read in the rule itself; secondary in a summary or in published examples; house is the firm’s own choice; unverified is from memory. A figure that uses an unverified number carries the mark ◇ wherever it is shown, and the number itself says “unverified”.',
    'Two packs can be compared with “plimsoll packs diff”. To change a rule, copy a pack, change the number and its citation, and put it in a later layer.',
  ],
  formulas: [{ what: 'A broker list’s rate wins', is: 'the last layer that has the number', worked: '40% × 10,000.00 = 4,000.00' }],
  examples: [
    { says: '100 TSLA at 100.00 under the standard packs and the sample broker list.', pools: [securities('0', [shares('TSLA', '100', '100')], ['us-reg-t', 'house-standard', 'broker-list'])], gives: { maintenance: '4000', exchangeMaintenance: '2500' }, status: 'healthy' },
  ],
  citations: [{ cites: 'FINRA 4210', certainty: 'secondary', says: 'a member may ask more than the rule' }],
  covers: { keys: ['dayTrading.regime.*'] },
  seeAlso: ['requirements', 'statuses', 'house-add-ons'],
};

import { option, securities, shares } from '../example.ts';
import type { HelpPage } from '../page.ts';

export const protectivePage: HelpPage = {
  id: 'protective',
  title: 'Protective options, collars, conversions, reversals',
  inShort: 'Stock whose loss a long option stops is asked no more than what can be lost until the strike, and 10 % of it.',
  words: [
    'Protective put: long stock with a long put. Protective call: short stock with a long call. Maintenance is the lesser of the stock’s own and 10 % of the strike plus what the option is out of the money.',
    'Collar: long stock, a long put and a short call of one expiry; a conversion has both at one strike. Maintenance is the lesser of the put’s side, as above, and the stock’s rate on the call’s strike.',
    'Reversal: short stock, a long call and a short put at one strike. Maintenance is 10 % of the strike, at most the stock’s own, and what the put is in the money.',
    'Opening one of these asks the stock’s full initial requirement: Regulation T knows no relief for the protection.',
    'The long option is paid in full. If it is worth more than the relief, it is still only in the net liquidation value.',
  ],
  formulas: [
    { what: 'Until the strike, a share', is: '10 % × strike + out of the money', worked: '9.50 + 5.00 = 14.50' },
    { what: 'Protective put', is: 'lesser of the stock’s own and that for all shares', worked: 'least of 1,450.00 and 2,500.00 = 1,450.00' },
    { what: 'Collar, the call’s side', is: 'rate × call’s strike + call in the money', worked: '27.50 + 0.00 = 27.50' },
    { what: 'Collar', is: 'lesser of the put’s side and the call’s side', worked: 'least of 14.50 and 27.50 = 14.50' },
  ],
  examples: [
    { says: '100 XYZ at 100.00 with a put of strike 95 at 2.00.', pools: [securities('0', [shares('XYZ', '100', '100'), option('put', '95', '1', '2')], ['us-reg-t'])], gives: { equity: '10000', regTInitial: '5000', maintenance: '1450' }, status: 'healthy' },
    { says: 'The same, and a call of strike 110 sold at 1.50: a collar.', pools: [securities('0', [shares('XYZ', '100', '100'), option('put', '95', '1', '2'), option('call', '110', '-1', '1.5')], ['us-reg-t'])], gives: { equity: '10000', regTInitial: '5000', maintenance: '1450' }, status: 'healthy' },
  ],
  citations: [{ cites: 'FINRA 4210(f)(2)(H)', certainty: 'secondary', says: 'a broker’s published examples of all four agree' }],
  covers: {
    keys: ['option.protective', 'exchange.option.protective.*'],
    labels: ['Until the option stops the loss: *', 'Stock that an option protects', 'Share of the strike*', 'Lesser of the put’s side and the call’s', 'Rate times the call’s strike*', 'Call of a collar: *', 'Put of a reversal: *', 'In the money of the *', 'Held in the stock’s maintenance', 'Distance between price and strike'],
    strategies: ['protective put', 'protective call', 'collar', 'conversion', 'reversal'],
  },
  seeAlso: ['covered', 'stock', 'pairing'],
};

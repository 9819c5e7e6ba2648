/** A small risk parameter file of an invented clearing house: two futures, two options, a second product to spread against. */
const array = (losses: readonly number[], delta: string): string => `<ra><r>1</r>${losses.map((loss) => `<a>${loss}</a>`).join('')}<d>${delta}</d></ra>`;

/** A future that loses `range` when the price falls by the whole range; extreme moves counted in part. */
export const futureLosses = (range: number): number[] => [0, 0, -1, -1, 1, 1, -2, -2, 2, 2, -3, -3, 3, 3].map((thirds) => (range * thirds) / 3).concat([-range, range]);
const POINTS = ['0', '0', '1/3', '1/3', '-1/3', '-1/3', '2/3', '2/3', '-2/3', '-2/3', '1', '1', '-1', '-1', '3', '-3'];

function pointDef(): string {
  const definition = (price: string): string => {
    const [over = '0', under = '1'] = price.split('/');
    return `<priceScanDef><numerator>${over}</numerator><denominator>${under}</denominator></priceScanDef>`;
  };
  const vol = (at: number): string => (at >= 14 ? '0' : at % 2 === 0 ? '1' : '-1');
  const paired = (at: number): number => (at >= 14 ? at + 1 : at % 2 === 0 ? at + 2 : at);
  return `<pointDef><r>1</r>${POINTS.map((price, at) => `<scanPointDef><point>${at + 1}</point><pairedPoint>${paired(at)}</pairedPoint>${definition(price)}<volScanDef><mult>${vol(at)}</mult></volScanDef><weight>${at >= 14 ? '0.33' : '1'}</weight></scanPointDef>`).join('')}</pointDef>`;
}

const CALL = [-50, 60, -250, -170, 130, 230, -520, -450, 250, 340, -800, -760, 340, 400, -300, 150];

export const SPN = `<?xml version="1.0"?>
<spanFile><fileFormat>4.00</fileFormat><created>202611201800</created>
<pointInTime><date>20261120</date><isSetl>1</isSetl>
<clearingOrg><ec>XCH</ec><name>Example Clearing</name>${pointDef()}
<exchange><exch>XEX</exch>
<phyPf><pfId>1</pfId><pfCode>OIL</pfCode></phyPf>
<futPf><pfId>2</pfId><pfCode>OIL</pfCode><name>Oil</name><currency>USD</currency><cvf>1000.</cvf>
<fut><cId>1</cId><pe>202612</pe><p>60.5</p><d>1.0</d>${array(futureLosses(3000), '1.0')}</fut>
<fut><cId>2</cId><pe>202703</pe><p>61</p><d>1.0</d>${array(futureLosses(2700), '1.0')}</fut></futPf>
<futPf><pfId>5</pfId><pfCode>GAS</pfCode><name>Gas</name><currency>USD</currency><cvf>10000</cvf>
<fut><cId>9</cId><pe>20261228</pe><p>3</p>${array(futureLosses(1500), '1.0')}</fut></futPf>
<oofPf><pfId>3</pfId><pfCode>OIL</pfCode><name>Options on oil</name><exercise>EURO</exercise><currency>USD</currency><cvf>1000</cvf>
<undPf><exch>XEX</exch><pfId>2</pfId><pfCode>OIL</pfCode><pfType>FUT</pfType></undPf>
<series><pe>20261215</pe><undC><exch>XEX</exch><pfId>2</pfId><cId>1</cId><s>S</s></undC>
<opt><cId>11</cId><o>C</o><k>62.50</k><p>1.2</p>${array(CALL, '0.35')}</opt>
<opt><cId>12</cId><o>P</o><k>55</k><p>.4</p>${array(CALL.slice(0, 15), '-0.2')}</opt></series></oofPf>
</exchange>
<ccDef><cc>CL</cc><name>Crude oil</name><currency>USD</currency><wfprMeth>NORMAL</wfprMeth><somMeth>GROSS</somMeth>
<pfLink><exch>XEX</exch><pfId>2</pfId><pfCode>OIL</pfCode><pfType>FUT</pfType></pfLink>
<intraTiers><tier><tn>1</tn><sPe>202612</sPe><ePe>202612</ePe></tier><tier><tn>2</tn><sPe>202701</sPe><ePe>202712</ePe></tier></intraTiers>
<somTiers><tier><tn>1</tn><rate><r>1</r><val>75</val></rate></tier></somTiers>
<dSpread><spread>1</spread><chargeMeth>F</chargeMeth><rate><r>1</r><val>400.00</val></rate><tLeg><cc>CL</cc><tn>1</tn><rs>A</rs><i>1.0</i></tLeg><tLeg><cc>CL</cc><tn>2</tn><rs>B</rs><i>1.0</i></tLeg></dSpread>
<dSpread><spread>2</spread><chargeMeth>W</chargeMeth><rate><r>1</r><val>9</val></rate><tLeg><cc>CL</cc><tn>1</tn><rs>A</rs><i>1</i></tLeg><tLeg><cc>CL</cc><tn>1</tn><rs>B</rs><i>1</i></tLeg></dSpread>
<spotRate><r>1</r><pe>202612</pe><sprd>10</sprd><outr>20</outr></spotRate></ccDef>
<ccDef><cc>NG</cc><name>Natural gas</name><currency>USD</currency><pfLink><exch>XEX</exch><pfCode>GAS</pfCode></pfLink></ccDef>
<interSpreads><dSpread><spread>1</spread><chargeMeth>F</chargeMeth><rate><r>1</r><val>60.0</val></rate><tLeg><cc>CL</cc><tn>0</tn><rs>A</rs><i>1.0</i></tLeg><tLeg><cc>NG</cc><tn>0</tn><rs>B</rs><i>2.0</i></tLeg></dSpread></interSpreads>
</clearingOrg></pointInTime></spanFile>
`;

const place = (...parts: readonly (readonly [at: number, text: string])[]): string => {
  const line = Array.from({ length: 171 }, () => ' ');
  for (const [at, text] of parts) for (let index = 0; index < text.length; index += 1) line[at + index] = text.charAt(index);
  return line.join('').trimEnd();
};
const values = (losses: readonly number[]): (readonly [number, string])[] => losses.map((loss, at) => [54 + 6 * at, `${String(Math.abs(loss)).padStart(5, '0')}${loss < 0 ? '-' : '+'}`] as const);
const contract = (type: 'FUT' | 'OOF', month: string, more: readonly (readonly [number, string])[], losses: readonly number[], tail: readonly (readonly [number, string])[]): string[] => {
  const head = [[2, 'XEX'], [5, 'OIL'], [15, 'OIL'], [25, type], [29, month], ...more] as const;
  return [place([0, '81'], ...head, ...values(losses.slice(0, 9))), place([0, '82'], ...head, ...values(losses.slice(9)), ...tail)];
};

/** The same oil contracts in the fixed-width form. */
export const PA2_FILE = [
  place([0, '0 '], [2, 'XCH'], [8, '20261120'], [16, 'S']),
  place([0, '1 '], [2, 'XEX']),
  place([0, 'P '], [2, 'XEX'], [5, 'OIL'], [15, 'FUT'], [18, 'Oil'], [33, '002'], [36, '002'], [41, '00010000000000']),
  place([0, 'P '], [2, 'XEX'], [5, 'OIL'], [15, 'OOF'], [18, 'Oil'], [33, '002'], [36, '002'], [41, '00010000000000']),
  place([0, '2 '], [2, 'XEX'], [6, 'CL'], [13, 'USD'], [22, 'OIL'], [32, 'FUT'], [35, '0+'], [38, 'OIL'], [48, 'OOF'], [51, '0+']),
  place([0, '3 '], [2, 'CL'], [8, '01'], [10, '01'], [12, '202612'], [18, '202612'], [24, '02'], [26, '202701'], [32, '202712']),
  place([0, '4 '], [2, 'CL'], [62, '0000075'], [78, '1']),
  place([0, 'C '], [2, 'CL'], [8, '01'], [10, '01'], [12, '02'], [14, '0000400'], [21, '01'], [23, '01'], [25, '01'], [27, 'A'], [28, '02'], [30, '02'], [32, '01'], [34, 'B']),
  ...contract('FUT', '202612', [], futureLosses(3000), [[96, '10000+'], [110, '0006050+']]),
  ...contract('FUT', '202703', [], futureLosses(2700), [[96, '10000+'], [110, '0006100+']]),
  ...contract('OOF', '202612', [[28, 'C'], [38, '202612'], [44, '15'], [47, '0006250']], CALL, [[96, '03500+'], [110, '0000120+']]),
  place([0, 'V '], [2, 'XEX']),
].join('\r\n');

import type { Grown } from './growth.ts';

const WIDTH = 720;
const HEIGHT = 420;
const LEFT = 70;
const BOTTOM = 360;
const TOP = 40;
const RIGHT = 560;
const DECADES_UP = 8;
/** The lowest line of the grid is a thousandth. */
const LOWEST = -3;

const SERIES: readonly { name: string; colour: string; dash: string; of: (grown: Grown) => number }[] = [
  { name: 'full recompute, ms', colour: '#1f5fa8', dash: '', of: ({ fullMilliseconds }) => fullMilliseconds },
  { name: 'one tick, ms', colour: '#a84a1f', dash: '6 3', of: ({ tickMicroseconds }) => tickMicroseconds / 1e3 },
  { name: 'columns, MB', colour: '#3a7d44', dash: '2 3', of: ({ megabytes }) => megabytes },
];

/** Time and memory over positions, both axes in powers of ten, as a drawing that stands by itself. */
export function growthPlot(grown: readonly Grown[]): string {
  const x = (positions: number): number => LEFT + ((Math.log10(positions) - 3) / 4) * (RIGHT - LEFT);
  const y = (value: number): number => BOTTOM - ((Math.log10(value) - LOWEST) / DECADES_UP) * (BOTTOM - TOP);
  const across = Array.from({ length: 5 }, (_, at) => 10 ** (3 + at)).map((positions) => `<line x1="${x(positions)}" y1="${TOP}" x2="${x(positions)}" y2="${BOTTOM}" class="grid"/><text x="${x(positions)}" y="${BOTTOM + 20}" text-anchor="middle">10${raised(Math.log10(positions))}</text>`);
  const up = Array.from({ length: DECADES_UP + 1 }, (_, at) => LOWEST + at).map((power) => `<line x1="${LEFT}" y1="${y(10 ** power)}" x2="${RIGHT}" y2="${y(10 ** power)}" class="grid"/><text x="${LEFT - 8}" y="${y(10 ** power) + 4}" text-anchor="end">10${raised(power)}</text>`);
  const lines = SERIES.map(({ name, colour, dash, of }) => {
    const points = grown.map((one) => `${x(one.positions).toFixed(1)},${y(of(one)).toFixed(1)}`);
    const last = grown.at(-1);
    const label = last ? `<text x="${RIGHT + 8}" y="${(y(of(last)) + 4).toFixed(1)}" fill="${colour}">${name}</text>` : '';
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"${dash ? ` stroke-dasharray="${dash}"` : ''}/>${points.map((point) => `<circle cx="${point.split(',')[0]}" cy="${point.split(',')[1]}" r="3" fill="${colour}"/>`).join('')}${label}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#333">
<style>.grid { stroke: #ddd; }</style>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<text x="${LEFT}" y="22" font-size="14">M-scan as columns: cost over positions</text>
${[...across, ...up, ...lines].join('\n')}
<text x="${(LEFT + RIGHT) / 2}" y="${BOTTOM + 42}" text-anchor="middle">positions</text>
</svg>
`;
}

function raised(power: number): string {
  return `<tspan dy="-5" font-size="9">${Math.round(power)}</tspan>`;
}

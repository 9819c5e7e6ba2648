import type { Random } from './random.ts';

/** Invented clients. Any likeness to a real person or firm is chance. */

const FIRST = ['Ada', 'Beatrice', 'Carlos', 'Dorothea', 'Elias', 'Farah', 'Gideon', 'Hana', 'Ivor', 'Jocelyn', 'Kofi', 'Leonora', 'Marek', 'Nadia', 'Oskar', 'Priya', 'Quentin', 'Rosalind', 'Samir', 'Tova', 'Ulric', 'Verity', 'Wendell', 'Ximena', 'Yusuf', 'Zelda'];
const LAST = ['Abernathy', 'Balasubramanian', 'Carrow', 'Delacroix', 'Eskelinen', 'Fairweather', 'Grunwald', 'Hollis', 'Ibekwe', 'Jarrow', 'Kessler', 'Lindqvist', 'Marchetti', 'Nakagawa', 'Okonjo', 'Pemberton', 'Quill', 'Rasmussen', 'Santangelo', 'Thackeray', 'Underhill', 'Vasquez', 'Whitlock', 'Yamanaka', 'Zielinski'];
const PLACES = ['Cedar Point', 'Harbor Ridge', 'Stillwater', 'Northgate', 'Blackthorn', 'Larkspur', 'Saltmarsh', 'Ironwood', 'Fern Hollow', 'Copper Creek', 'Gannet Rock', 'Marlow Bay', 'Tern Island', 'Windward', 'Juniper Hill', 'Keelson', 'Lanyard', 'Foxglove', 'Meridian Quay', 'Old Mill'];
const FUNDS = ['Capital Partners LP', 'Master Fund Ltd', 'Opportunities Fund LP', 'Long/Short Equity LP', 'Global Macro LLC', 'Relative Value Fund LP'];
const FIRMS = ['Holdings LLC', 'Investments LLC', 'Family Office LLC', 'Ventures LLC', 'Trading Co.'];
const TRUSTS = ['Family Trust', 'Revocable Trust', 'Charitable Remainder Trust', 'Irrevocable Trust'];

export type ClientKind = 'person' | 'fund' | 'any';

/** A client's name that has not been used before; `taken` remembers it. */
export function clientName(random: Random, kind: ClientKind, taken: Set<string>): string {
  for (let tries = 0; tries < 200; tries += 1) {
    const name = anyName(random, kind);
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
  throw new Error('the demo ran out of names');
}

function anyName(random: Random, kind: ClientKind): string {
  if (kind === 'fund') return `${random.pick(PLACES)} ${random.pick(FUNDS)}`;
  const person = `${random.pick(FIRST)} ${random.pick(LAST)}`;
  if (kind === 'person' || random.chance(50)) return person;
  if (random.chance(40)) return `${random.pick(LAST)} ${random.pick(TRUSTS)}`;
  return random.chance(60) ? `${random.pick(PLACES)} ${random.pick(FIRMS)}` : `${person} & ${random.pick(FIRST)} ${random.pick(LAST)}`;
}

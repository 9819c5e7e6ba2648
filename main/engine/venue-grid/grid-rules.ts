import type { RuleReference } from '../../../shared/explain.ts';
import type { Rules } from '../packs/rules.ts';
import type { GridPart, VenueGridSection } from './section.ts';

/** The grid in force, and what each part of it rests on. */
export interface GridRules {
  grid: VenueGridSection;
  rule: RuleReference;
  ruleOf: (part: GridPart) => RuleReference;
}

/** The last layer's grid. Throws when no pack has one: a pool comes here by its packs' method. */
export function gridRules(rules: Rules): GridRules {
  const layer = rules.sections('venueGrid').at(-1);
  if (!layer) throw new Error('Invariant broken: no rule pack has a venue grid');
  const { pack, value: grid } = layer;
  const rule: RuleReference = { pack, cites: grid.cites, parameter: 'venueGrid', status: grid.status };
  const ruleOf = (part: GridPart): RuleReference => {
    const own = grid.sources?.[part];
    return { ...rule, parameter: `venueGrid.${part}`, ...(own ? { cites: own.cites, status: own.status } : {}) };
  };
  return { grid, rule, ruleOf };
}

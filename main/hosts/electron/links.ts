/**
 * Every address the application may hand to the person's own browser: the rules its figures cite. The page cannot open
 * any of them; only the Help menu can, by name.
 */
export const links = {
  'FINRA Rule 4210': 'https://www.finra.org/rules-guidance/rulebooks/finra-rules/4210',
  'Regulation T': 'https://www.ecfr.gov/current/title-12/chapter-II/subchapter-A/part-220',
} as const;

export type LinkName = keyof typeof links;

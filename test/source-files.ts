import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** A file of the project as the checks see it: its path from the root, its text, and the modules it imports. */
export interface SourceFile {
  path: string;
  text: string;
  lines: number;
  imports: string[];
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every source file git knows or would add, with relative imports resolved to paths from the root. */
export function sourceFiles(): SourceFile[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z', 'main', 'renderer', 'shared', 'test'], { encoding: 'utf8' });
  const paths = [...new Set(listed.split('\0'))].filter((path) => /\.(?:ts|tsx|js|css)$/.test(path));
  return paths.flatMap((path) => {
    try {
      const text = readFileSync(path, 'utf8');
      return [{ path, text, lines: text.split('\n').length, imports: importsOf(path, text) }];
    } catch {
      return []; // listed by git, but deleted in the work tree
    }
  });
}

function importsOf(path: string, text: string): string[] {
  return [...text.matchAll(IMPORT)].map((match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    return name.startsWith('.') ? normalize(join(dirname(path), name)) : name;
  });
}

/** The room a path belongs to: `main/engine`, `main/hosts`, `renderer`, `shared`, `test`. */
export function roomOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  return top === 'main' && path.split('/').length > 2 ? `${top}/${second}` : top;
}

import { spawn, type ChildProcess } from 'node:child_process';

/** Starts the loopback host on a book and gives the one-time link that it prints. */
export async function serve(book: string): Promise<{ url: string; server: ChildProcess }> {
  const server = spawn(process.execPath, ['main/plimsoll.js', 'serve', book, '--create', '--port', '0'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    function read(chunk: Buffer): void {
      output += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(output);
      if (found) resolve(found[0]);
    }
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.on('exit', (code) => reject(new Error(`serve ended with ${code}: ${output}`)));
  });
  return { url, server };
}

export async function stop(server: ChildProcess): Promise<number | null> {
  if (server.exitCode !== null) return server.exitCode;
  const ended = new Promise<number | null>((resolve) => server.on('exit', resolve));
  server.kill('SIGINT');
  return ended;
}

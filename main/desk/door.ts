import { contract, type Channel, type Desk, type Input, type Output } from '../../shared/contract.ts';
import { fail, type Result } from '../../shared/result.ts';
import { brokenInvariant } from './rpc.ts';

/** The questions that only a host can answer: who it is, and its own file dialog. */
export const HOST_CHANNELS = ['host.info', 'files.choose'] as const;
export type HostAnswers = {
  [C in (typeof HOST_CHANNELS)[number]]?: (input: Input<C>) => Promise<Result<Output<C>>>;
};

/**
 * The one door into the desk, the same for every host: the channel is looked up as an own property, the input must
 * satisfy its strict schema, and whatever happens the answer is a Result. A refusal says what was refused.
 */
export async function answer(desk: Desk, channel: string, input: unknown, hostAnswers: HostAnswers): Promise<Result<unknown>> {
  if (!Object.hasOwn(contract, channel)) {
    return fail({ code: 'unknown-channel', message: `There is no question called ${JSON.stringify(channel.slice(0, 60))}.` });
  }
  const known = channel as Channel;
  const parsed = contract[known].input.safeParse(input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.map(String).join('.');
    return fail({
      code: 'bad-input',
      message: `"${known}" does not take this input: ${issue?.message ?? 'it does not fit'}.`,
      ...(where ? { at: where } : {}),
    });
  }
  try {
    const own = known === 'host.info' || known === 'files.choose' ? hostAnswers[known] : undefined;
    if (own) return await own({});
    return await desk.ask(known, parsed.data);
  } catch (error) {
    return brokenInvariant(known, error);
  }
}

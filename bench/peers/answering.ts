import { z } from 'zod';

const asked = z.looseObject({ id: z.number(), ask: z.string() });

export type Answers = Readonly<
  Record<string, (question: Readonly<Record<string, unknown>>) => unknown>
>;

/** Answers what the run asks of a peer over its channel, and ends when the run does. */
export function answering(answers: Answers): void {
  process.on('message', async (message) => {
    const question = asked.parse(message);
    process.send?.({ id: question.id, answer: (await answers[question.ask]?.(question)) ?? [] });
  });
  process.on('disconnect', () => process.exit());
}

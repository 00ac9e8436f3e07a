import type { TestProject } from 'vitest/node';
import { figures } from '../../generate/docs/reliability.ts';

/** Says at the end of a run how much of the matrix it has played. */
export default function setUp({ vitest, name }: TestProject): () => void {
  return () => {
    const all = vitest.state
      .getTestModules()
      .filter(({ project }) => project.name === name)
      .flatMap((module) => [...module.children.allTests()]);
    const played = all.filter((one) => ['passed', 'failed'].includes(one.result().state));
    const rows = new Set(played.map((one) => one.name.replace(/^.*?: /, '')));
    const whole = figures();
    console.log(`${rows.size} of ${whole.rows} rows in ${played.length} of ${whole.runs} runs`);
  };
}

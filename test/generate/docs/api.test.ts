import { expect, test } from 'vitest';
import { apiReference } from '../../../generate/docs/api.ts';
import { endpoints } from '../../../src/web/api/endpoints.ts';

test('each endpoint has its section, with its keys and what can be asked of it', () => {
  for (const { path, schema, parameters } of Object.values(endpoints)) {
    const section = apiReference()
      .split('\n## ')
      .find((one) => one.startsWith(`\`${path.replaceAll(/:(\w+)/g, '{$1}')}\``));
    for (const key of [...Object.keys(schema.shape), ...Object.keys(parameters.shape)]) {
      expect(section).toContain(`\n| \`${key}\` |`);
    }
  }
});

import { z } from 'zod';

/** A bcrypt hash and how expensive a guess at it is: each step more doubles the work. */
export type PasswordHash = { readonly text: string; readonly cost: number };

const shape = /^\$2[aby]\$(0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/;
/** A comparison of some seconds; the next one of twice as many. */
const maxCost = 16;

export const passwordHash = z
  .string()
  .meta({ pattern: shape.source })
  .transform((text, context): PasswordHash => {
    const cost = Number(shape.exec(text)?.[1]);
    if (cost <= maxCost) return { text, cost };
    context.addIssue({
      code: 'custom',
      message: Number.isNaN(cost)
        ? 'is not a bcrypt hash; htpasswd -nBC 10 "" makes one'
        : `must have a cost of at most ${maxCost}: a comparison would take too long`,
    });
    return z.NEVER;
  });

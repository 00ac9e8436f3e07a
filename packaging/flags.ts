/** The flags of Node.js that the image runs the program with. A compile cache holds for the same ones only. */
export const imageFlags = ['--max-semi-space-size=4', '--heap-growing-percent=75'] as const;

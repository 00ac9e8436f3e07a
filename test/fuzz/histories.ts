import fc from 'fast-check';

/** What a poll meets. */
export type Outage =
  | 'none'
  | 'everything'
  | 'projects'
  /** Everything below one project, or the snapshots of the clusters of one name. */
  | { readonly clustersOf: number }
  | { readonly snapshotsOf: string };

/** One thing that happens. Projects are meant by their number, clusters also by name. */
export type Event =
  | { readonly do: 'poll'; readonly outage: Outage; readonly afterSeconds: number }
  | { readonly do: 'make' | 'delete' | 'remake'; readonly project: number; readonly name: string }
  | { readonly do: 'delete project' | 'restore project'; readonly project: number }
  | { readonly do: 'rename project'; readonly project: number; readonly name: string }
  | { readonly do: 'reload'; readonly select: Selection; readonly outage: Outage }
  | { readonly do: 'restart' }
  /** The exporter's clock is set; Atlas's is not. */
  | { readonly do: 'step'; readonly seconds: number };

/** What the configuration leaves out. */
export type Selection = {
  readonly withoutProject: number | undefined;
  readonly withoutCluster: string | undefined;
};

const clusterNames = ['alpha', 'beta', 'gamma'] as const;

const project = fc.nat({ max: 1 });
const name = fc.constantFrom(...clusterNames);
const outage: fc.Arbitrary<Outage> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Outage>('none') },
  { weight: 1, arbitrary: fc.constantFrom<Outage>('everything', 'projects') },
  { weight: 1, arbitrary: project.map((clustersOf): Outage => ({ clustersOf })) },
  { weight: 1, arbitrary: name.map((snapshotsOf): Outage => ({ snapshotsOf })) },
);
const poll: fc.Arbitrary<Event> = fc.record({
  do: fc.constant('poll'),
  outage,
  afterSeconds: fc.constantFrom(400, 400, 3_700, 30_000, 200_000),
});
const change: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ do: fc.constantFrom('make', 'delete', 'remake'), project, name }),
  fc.record({ do: fc.constantFrom('delete project', 'restore project'), project }),
  fc.record({
    do: fc.constant('rename project'),
    project,
    name: fc.constantFrom('payments', 'billing', 'a "quoted"\nname'),
  }),
);
const select: fc.Arbitrary<Selection> = fc.record({
  withoutProject: fc.option(project, { nil: undefined }),
  withoutCluster: fc.option(name, { nil: undefined }),
});
const care: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ do: fc.constant('reload'), select, outage }),
  fc.record({ do: fc.constant('restart') }),
  fc.record({
    do: fc.constant('step'),
    seconds: fc.constantFrom(-90_000, -3_600, 60, 3_600, 90_000),
  }),
);

export const histories: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: poll },
    { weight: 3, arbitrary: change },
    { weight: 1, arbitrary: care },
  ),
  { minLength: 1, maxLength: 14, size: 'max' },
);

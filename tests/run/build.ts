// The same build as `npm start` makes, so that the end-to-end tests' servers find it done.
import { build, isBuilt, sourcesDigest } from '../../src/entry/machine/build.ts';

const digest = await sourcesDigest();
if (!(await isBuilt(digest))) await build(digest);

import { createHash, randomBytes } from 'node:crypto';
import { ApiError } from '../api/errors.mjs';
import { encipher, isAesKey } from '../callback/crypto.mjs';
import { jobMessage } from '../callback/messages.mjs';

const WAITING = 0;
const PROCESSING = 1;
const DONE = 2;
const FAILED = 3;
const BLOCK_SIZES = { least: 10_000, most: 1_000_000 };

/** Export jobs: `waiting (0) → processing (1) → done (2) | failed (3)` as time goes by, and their encrypted files. */
export class ExportJobs {
  #settings;
  #clock;
  #callbacks;
  #urlOf;
  #jobs = new Map();
  #timers = new Set();

  /** `urlOf(path)`: the fake's address of a file. */
  constructor(settings, clock, callbacks, urlOf) {
    this.#settings = settings;
    this.#clock = clock;
    this.#callbacks = callbacks;
    this.#urlOf = urlOf;
    clock.onAdvance(() => this.#finishDue());
  }

  /**
   * Takes a job: `records` go into files of at most `block_size` under `list`, with `rest` beside them. The id is for tokens of
   * the same secret.
   */
  start(kind, type, { encoding_aeskey: aesKey, block_size: blockSize = BLOCK_SIZES.most }, list, records, rest = {}) {
    if (!isAesKey(aesKey)) throw new ApiError(40058);
    const isSize = Number.isInteger(blockSize) && blockSize >= BLOCK_SIZES.least && blockSize <= BLOCK_SIZES.most;
    if (!isSize) throw new ApiError(40058);
    const { waitingMs, processingMs, fail } = this.#settings.values.exports;
    const size = Math.max(1, Math.min(blockSize, this.#settings.values.pages.exportBlock));
    const jobId = `jobid_${randomBytes(12).toString('hex')}`;
    const now = this.#clock.now();
    const job = { kind, type, aesKey, list, records, rest, size, willFail: fail, startAt: now + waitingMs };
    job.doneAt = job.startAt + processingMs;
    this.#jobs.set(jobId, job);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#finishDue();
    }, waitingMs + processingMs);
    this.#timers.add(timer);
    return jobId;
  }

  /** What export/get_result answers. */
  result(kind, jobId) {
    this.#finishDue();
    const job = this.#jobs.get(jobId);
    if (!job || job.kind !== kind) throw new ApiError(40088);
    if (job.failed) return { status: FAILED };
    if (!job.files) return { status: this.#clock.now() < job.startAt ? WAITING : PROCESSING };
    const files = job.files.map(({ bytes, path }) => ({
      url: this.#urlOf(path),
      size: bytes.length,
      md5: createHash('md5').update(bytes).digest('hex'),
    }));
    return { status: DONE, data_list: files };
  }

  /** The bytes at a path; undefined when there is no such file, or not any more. */
  file(path) {
    for (const { files = [], doneAt } of this.#jobs.values()) {
      const file = files.find((each) => each.path === path);
      if (!file) continue;
      return this.#clock.now() < doneAt + this.#settings.values.exports.fileSeconds * 1_000 ? file.bytes : undefined;
    }
  }

  close() {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #finishDue() {
    for (const [jobId, job] of this.#jobs) {
      if (job.files || job.failed || this.#clock.now() < job.doneAt) continue;
      if (job.willFail) job.failed = true;
      else job.files = filesOf(jobId, job);
      this.#callbacks.send(job.kind, jobMessage(jobId, job.type, job.failed ? -1 : 0));
    }
  }
}

function filesOf(jobId, { aesKey, list, records, rest, size }) {
  const count = Math.max(1, Math.ceil(records.length / size));
  return Array.from({ length: count }, (_, n) => {
    const text = JSON.stringify({ ...rest, [list]: records.slice(n * size, (n + 1) * size) });
    const secret = randomBytes(8).toString('hex');
    return { path: `/export-file/${jobId}-${n}?sign=${secret}`, bytes: encipher(aesKey, Buffer.from(text)) };
  });
}

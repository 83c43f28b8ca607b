/** The steps of the spine in which a worker is killed. `read` is slow by itself: the source takes its time. */
export const STEPS = ['read', 'stage', 'plan', 'guard', 'apply', 'report'];

/** Seconds that a slow step takes: room for a kill at a random moment. */
export const SLOW_SECONDS = 1.5;

/**
 * Triggers that make one step slow, chosen by the row of `chaos_slow`. They stand where each step writes: a page that is
 * staged, the planned changes, the end of the transaction that planned and guarded, the users table, the task's end.
 */
const TRIGGERS = `
  create table chaos_slow (step text not null);
  create function chaos_slow() returns trigger language plpgsql as $$
  begin
    if exists (select from chaos_slow where step = tg_argv[0]) then perform pg_sleep(${SLOW_SECONDS}); end if;
    return new;
  end $$;
  create trigger chaos_stage before update on tasks for each row
    when (new.staged is distinct from old.staged) execute function chaos_slow('stage');
  create trigger chaos_plan after insert on changes for each statement execute function chaos_slow('plan');
  create constraint trigger chaos_guard after update on tasks deferrable initially deferred for each row
    when (new.planned_at is distinct from old.planned_at) execute function chaos_slow('guard');
  create trigger chaos_apply after insert or update on users for each statement execute function chaos_slow('apply');
  create trigger chaos_report before update on tasks for each row
    when (new.status = 'succeeded') execute function chaos_slow('report');
`;

export async function addSlowSteps(database) {
  await database.query(TRIGGERS);
}

/** Makes one step slow, or none. */
export async function slowDown(database, step) {
  await database.query('delete from chaos_slow');
  if (step) await database.query('insert into chaos_slow values ($1)', [step]);
}

/** Whether a worker is in the slow step at this moment. */
export async function isInSlowStep(database) {
  const { rows } = await database.query(
    `select 1 from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`,
  );
  return rows.length > 0;
}

import { hashOf, type Reading } from '../reading';
import { isShareable } from './effective';
import { leavingElsewhere } from './leaving';
import { isUndone } from './taken-back';
import { isTakenBack } from './told-statement';
import { wasToldOtherwise } from './told-uid';

/** SQL: the action that record `sc` of the plan's scope needs on a target; null: none. `e`: what others say of its resource. */
export function neededAction(reading: Reading, options: { removal: boolean }): string {
  if (reading.remote) return remoteAction(reading, options);
  return reading.rules.owns ? ownedAction(reading, options) : attachedAction(reading);
}

/**
 * What a record needs on the target that keeps the life of its resource. Who left and stands there still is told as well when
 * they are called otherwise: their uid is another one's now.
 */
function ownedAction(reading: Reading, { removal }: { removal: boolean }): string {
  const { targetId: t, rules, remote } = reading;
  const state = `sc.l${t}_state`;
  const needed = reading.resource?.neededElsewhere?.(`sc.l${t}_resource`, '$2');
  const kept = needed ? `(e.stated or ${needed})` : 'e.stated';
  // Whom an undo took away is not back before the record says something new (rule 21).
  const saysNew = `sc.was_gone is not null or sc.l${t}_behind and not sc.taken_away or sc.merged <> sc.old`;
  // A deletion that was applied is spent: who came back since, and went otherwise, is not deleted for it once more.
  const open = removal ? 'true' : `(sc.was_gone is distinct from sc.gone or sc.l${t}_behind)`;
  const disabled = `coalesce(e.shared -> 'after', sc.merged) -> 'isDisabled'`;
  const leaving = remote ? `(${leavingElsewhere(reading.dataType)})` : 'sc.leaving';
  const disables = `when ${leaving} = 'disable' and ${state} = 'active' and not e.stated then 'disable'`;
  // Who stays stays as they stand here: what an undo put back may not have been told before they left.
  const putBack = `${hashOf('d.desired')} <> sc.l${t}_hash and ${isTakenBack('sc.known_id')}`;
  const moved = lifeMoved(reading);
  const changes = `when ${disabled} = 'true' and ${state} = 'active'${moved} then 'disable'
          when ${disabled} is distinct from 'true' and ${state} = 'disabled'${moved} then 'restore'`;
  const resource = { resource: `sc.l${t}_resource`, record: 'sc.known_id' };
  // A record that left before, and waits for others to leave, is looked at again by each complete read.
  const waits = isShareable(reading)
    ? `when sc.gone = sc.was_gone and not sc.l${t}_dirty and e.stated and ${isUndone(reading, resource)} then null`
    : '';
  return `case
          ${remote ? '' : `when sc.l${t}_state = 'detached' and sc.repeats and sc.link_to is null then null`}
          when sc.l${t}_resource is null then
            case when m.resource_id is not null then 'link' when sc.gone is null then 'create' end
          when sc.gone is not null and ${state} = 'deleted' then null
          when ${leaving} = 'delete' and ${open} and not ${kept} then 'delete'
          ${waits}
          when ${state} = 'deleted' then case when ${saysNew} then 'restore' end
          ${rules.canDisable ? disables : ''}
          ${remote ? `when sc.gone is not null and (${wasToldOtherwise(t)} or ${leaving} = 'disable' and ${putBack}) then case ${state} when 'disabled' then 'disable' else 'update' end` : ''}
          when sc.gone is not null and (e.shared is null or not e.stated)${remote ? ` and not (${leaving} = 'keep' and ${putBack})` : ''} then null
          ${rules.canDisable ? changes : ''}
          when sc.gone is not null or e.shared is not null and sc.was_gone is not null then 'update'
          when sc.l${t}_dirty or ${hashOf('d.desired')} <> sc.l${t}_hash or ${remote ? wasToldOtherwise(t) : COMES_BACK} then 'update'
        end`;
}

/**
 * SQL, with an `and` before it: something new was said of whether the resource is disabled. How somebody stands whom an undo put back so is
 * changed by what the record says of that, or by any new word of the one that says so; another record of the same person brings nothing
 * back.
 */
function lifeMoved(reading: Reading): string {
  if (!isShareable(reading)) return '';
  const said = `sc.merged -> 'isDisabled'`;
  const settled = `e.shared -> 'after' -> 'isDisabled'`;
  return ` and (sc.was_gone is not null or sc.l${reading.targetId}_behind or sc.old -> 'isDisabled' is distinct from ${said}
            or sc.merged <> sc.old and (e.shared is null or ${said} = ${settled})
            or e.shared -> 'before' -> 'isDisabled' is distinct from ${settled})`;
}

/**
 * What a record needs on a remote target. One that was handed something and has not answered may have done it: then neither
 * a link nor the lack of one tells how things stand there, and what the record asks for is said again, be it of somebody
 * who is not there.
 */
function remoteAction(reading: Reading, options: { removal: boolean }): string {
  const { targetId: t, rules } = reading;
  const state = `sc.l${t}_state`;
  const handed = `sc.l${t}_handed`;
  const leaving = `(${leavingElsewhere(reading.dataType)})`;
  const disables = rules.canDisable ? `when ${leaving} = 'disable' then 'disable'` : '';
  const settles = rules.canDisable
    ? `when sc.merged -> 'isDisabled' = 'true' then 'disable'
              when ${handed} = 'disable' or ${state} = 'disabled' then 'restore'`
    : '';
  return `case
          when ${handed} is null or sc.l${t}_resource is null and (sc.gone is null or ${state} = 'detached') then ${ownedAction(reading, options)}
          when sc.gone is not null then case
              when sc.l${t}_resource is not null and e.stated then null
              when ${leaving} = 'delete' then 'delete'
              when ${state} = 'deleted' then null
              ${disables}
            end
          else case
              when ${handed} in ('delete', 'restore') or ${state} = 'deleted' then 'restore'
              ${settles}
              else 'update'
            end
        end`;
}

/**
 * What a record needs on a target that only attaches something to another target's resource. One that left either takes away
 * what it attached (`e.takes`), or all stays as it was: it states nothing, so it brings nothing back either.
 */
function attachedAction({ targetId: t }: Reading): string {
  return `case
          when sc.l${t}_resource is null then case when d.desired <> '{}' and sc.gone is null then 'update' end
          when sc.gone is not null and not e.takes then null
          when sc.l${t}_dirty or ${hashOf('d.desired')} <> sc.l${t}_hash or ${COMES_BACK} then 'update'
        end`;
}

/** SQL: record `sc` had left, and is stated again. */
export const COMES_BACK = '(sc.was_gone is not null and sc.gone is null)';

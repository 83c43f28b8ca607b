import { Engine1764000000010 } from './1764000000010-engine';
import { Accounts1764000000040 } from './1764000000040-accounts';
import { Settings1764000000050 } from './1764000000050-settings';
import { SourceDeletion1764000000051 } from './1764000000051-source-deletion';
import { Directory1764000000060 } from './1764000000060-directory';
import { DetachedLinks1764000000070 } from './1764000000070-detached-links';
import { Undo1764000000072 } from './1764000000072-undo';
import { ResumableReads1764000000085 } from './1764000000085-resumable-reads';
import { SchedulesAndAlerts1764000000086 } from './1764000000086-schedules-and-alerts';
import { BeforeImages1764000000090 } from './1764000000090-before-images';
import { LinksByHand1764000000091 } from './1764000000091-links-by-hand';
import { Guard1764000000095 } from './1764000000095-guard';
import { Retention1764000000100 } from './1764000000100-retention';
import { Targets1764000000110 } from './1764000000110-targets';
import { Snapshots1764000000105 } from './1764000000105-snapshots';
import { SeveralSources1764000000115 } from './1764000000115-several-sources';
import { LinksByResource1764000000120 } from './1764000000120-links-by-resource';
import { AppliedPositions1764000000125 } from './1764000000125-applied-positions';
import { Renames1764000000130 } from './1764000000130-renames';
import { LinksByResourceKey1764000000135 } from './1764000000135-links-by-resource-key';
import { Hints1764000000140 } from './1764000000140-hints';
import { PlannedPolicies1764000000145 } from './1764000000145-planned-policies';
import { OpenHints1764000000150 } from './1764000000150-open-hints';
import { Doubts1764000000155 } from './1764000000155-doubts';
import { Superseded1764000000170 } from './1764000000170-superseded';
import { UnstatedRecords1764000000171 } from './1764000000171-unstated-records';
import { FailedPushes1764000000172 } from './1764000000172-failed-pushes';
import { ChangesByRecord1764000000180 } from './1764000000180-changes-by-record';
import { Unseen1764000000185 } from './1764000000185-unseen';
import { AuditAddresses1764000000195 } from './1764000000195-audit-addresses';
import { HandedOut1764000000201 } from './1764000000201-handed-out';
import { OptionsVersion1764000000205 } from './1764000000205-options-version';
import { TargetsAway1764000000206 } from './1764000000206-targets-away';
import { Feed1764000000207 } from './1764000000207-feed';
import { Notes1764000000210 } from './1764000000210-notes';
import { HintsLeftOpen1764000000215 } from './1764000000215-hints-left-open';
import { MembershipsInTheAudit1764000000230 } from './1764000000230-memberships-in-the-audit';
import { RemoteLinks1764000000240 } from './1764000000240-remote-links';
import { WorkersLost1764000000245 } from './1764000000245-workers-lost';
import { DoubtfulUids1764000000250 } from './1764000000250-doubtful-uids';
import { Turns1764000000255 } from './1764000000255-turns';
import { SnapshotExpected1764000000260 } from './1764000000260-snapshot-expected';
import { FormerMainDepartmentsOfTasks1764000000266 } from './1764000000266-former-main-departments-of-tasks';
import { Told1764000000270 } from './1764000000270-told';
import { RunsSince1764000000280 } from './1764000000280-runs-since';
import { Reads1764000000290 } from './1764000000290-reads';
import { AwaySince1764000000295 } from './1764000000295-away-since';
import { ClaimedAt1764000000300 } from './1764000000300-claimed-at';
import { DecidedBy1764000000310 } from './1764000000310-decided-by';
import { RestoredVersion1764000000320 } from './1764000000320-restored-version';
import { Repeated1764000000330 } from './1764000000330-repeated';
import { SettledAt1764000000340 } from './1764000000340-settled-at';
import { HandEdits1764000000350 } from './1764000000350-hand-edits';
import { Callbacks1764000000360 } from './1764000000360-callbacks';
import { TakenBack1764000000370 } from './1764000000370-taken-back';
import { FoldedNames1764000000380 } from './1764000000380-folded-names';
import { RejectedThere1764000000390 } from './1764000000390-rejected-there';
import { UndoDepth1764000000400 } from './1764000000400-undo-depth';
import { PartOf1764000000410 } from './1764000000410-part-of';
import { Unloaded1764000000420 } from './1764000000420-unloaded';

/** Migrations of the app itself, oldest first; those of targets come with their adapters. */
export const MIGRATIONS = [
  Engine1764000000010,
  Accounts1764000000040,
  Settings1764000000050,
  SourceDeletion1764000000051,
  Directory1764000000060,
  DetachedLinks1764000000070,
  Undo1764000000072,
  ResumableReads1764000000085,
  SchedulesAndAlerts1764000000086,
  BeforeImages1764000000090,
  LinksByHand1764000000091,
  Guard1764000000095,
  Retention1764000000100,
  Targets1764000000110,
  Snapshots1764000000105,
  SeveralSources1764000000115,
  LinksByResource1764000000120,
  AppliedPositions1764000000125,
  Renames1764000000130,
  LinksByResourceKey1764000000135,
  Hints1764000000140,
  PlannedPolicies1764000000145,
  OpenHints1764000000150,
  Doubts1764000000155,
  Superseded1764000000170,
  UnstatedRecords1764000000171,
  FailedPushes1764000000172,
  ChangesByRecord1764000000180,
  Unseen1764000000185,
  AuditAddresses1764000000195,
  HandedOut1764000000201,
  OptionsVersion1764000000205,
  TargetsAway1764000000206,
  Feed1764000000207,
  Notes1764000000210,
  HintsLeftOpen1764000000215,
  MembershipsInTheAudit1764000000230,
  RemoteLinks1764000000240,
  WorkersLost1764000000245,
  DoubtfulUids1764000000250,
  Turns1764000000255,
  SnapshotExpected1764000000260,
  FormerMainDepartmentsOfTasks1764000000266,
  Told1764000000270,
  RunsSince1764000000280,
  Reads1764000000290,
  AwaySince1764000000295,
  ClaimedAt1764000000300,
  DecidedBy1764000000310,
  RestoredVersion1764000000320,
  Repeated1764000000330,
  SettledAt1764000000340,
  HandEdits1764000000350,
  Callbacks1764000000360,
  TakenBack1764000000370,
  FoldedNames1764000000380,
  RejectedThere1764000000390,
  UndoDepth1764000000400,
  PartOf1764000000410,
  Unloaded1764000000420,
];

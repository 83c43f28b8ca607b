import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { departmentQuery, levelQuery } from '../../api/departments';
import type { Department } from '../../api/types';
import { ProblemNotice } from '../../ui/problem-notice';
import { DepartmentLink } from './department-link';

interface TreeProps {
  /** Ids from a root down to the department that is open. */
  way: readonly number[];
  current: number | undefined;
}

interface Shown extends TreeProps {
  /** What somebody opened or closed. */
  toggled: ReadonlyMap<number, boolean>;
  onToggle: (id: number, open: boolean) => void;
}

/** Departments below each other. A level is read when it opens, a hundred at a time. */
export function DepartmentTree({ way, current }: TreeProps): ReactElement {
  const [toggled, setToggled] = useState<ReadonlyMap<number, boolean>>(new Map());
  const shown: Shown = {
    way,
    current,
    toggled,
    onToggle: (id, open) => setToggled((before) => new Map(before).set(id, open)),
  };
  return (
    <div className="tree" onKeyDown={onArrow}>
      <Level parentId={null} depth={0} shown={shown} />
    </div>
  );
}

function Level({ parentId, depth, shown }: { parentId: number | null; depth: number; shown: Shown }): ReactElement {
  const { t } = useTranslation();
  const level = useInfiniteQuery(levelQuery(parentId));
  if (level.isPending) {
    return (
      <div className="tree-wait" role="status" aria-label={t('list.loading', { list: t('departments.title') })}>
        <Skeleton active title={false} paragraph={{ rows: depth === 0 ? 6 : 1 }} />
      </div>
    );
  }
  if (level.isError && !level.data) {
    return <ProblemNotice error={level.error} title={t('list.failed')} onRetry={() => void level.refetch()} />;
  }
  const departments = level.data.pages.flatMap(({ items }) => items);
  const total = level.data.pages[0]?.total ?? 0;
  if (departments.length === 0 && depth === 0) return <p className="muted card-note">{t('departments.none')}</p>;
  const next = shown.way[depth];
  // The way may lead through somebody who is far down this level.
  const hidden =
    next !== undefined && level.hasNextPage && !departments.some(({ id }) => id === next) ? next : undefined;
  return (
    <ul>
      {departments.map((department) => (
        <Node key={department.id} department={department} depth={depth} alone={total === 1} shown={shown} />
      ))}
      {level.hasNextPage && (
        <li className="tree-more">
          <Button
            type="text"
            size="small"
            loading={level.isFetchingNextPage}
            onClick={() => void level.fetchNextPage()}
          >
            {t('departments.more', { count: total - departments.length })}
          </Button>
          {level.isFetchNextPageError && <ProblemNotice error={level.error} />}
        </li>
      )}
      {hidden !== undefined && <Apart id={hidden} depth={depth} shown={shown} />}
    </ul>
  );
}

/** A department that stands on a part of its level that has not been read. */
function Apart({ id, depth, shown }: { id: number; depth: number; shown: Shown }): ReactElement | null {
  const department = useQuery(departmentQuery(id));
  return department.data ? <Node department={department.data} depth={depth} alone={false} shown={shown} /> : null;
}

interface NodeProps {
  department: Department;
  depth: number;
  /** The only one on its level: opened for the reader, who came to see what is below. */
  alone: boolean;
  shown: Shown;
}

function Node({ department, depth, alone, shown }: NodeProps): ReactElement {
  const { t } = useTranslation();
  const { id, title, isLeaf } = department;
  const isCurrent = id === shown.current;
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isCurrent && row.current) scrollWithin(row.current);
  }, [isCurrent]);
  const onWay = shown.way.includes(id) && id !== shown.current;
  const open = !isLeaf && (shown.toggled.get(id) ?? (onWay || (alone && depth === 0)));
  return (
    <li>
      <div ref={row} className="tree-row" data-current={isCurrent || undefined}>
        {isLeaf ? (
          <span className="tree-leaf" />
        ) : (
          <button
            type="button"
            className="tree-toggle"
            aria-expanded={open}
            aria-label={t('departments.below', { title })}
            onClick={() => shown.onToggle(id, !open)}
          />
        )}
        <DepartmentLink department={department} current={isCurrent} />
      </div>
      {open && <Level parentId={id} depth={depth + 1} shown={shown} />}
    </li>
  );
}

/** Shows a row in what of the tree's own box the window shows; the page around it moves only where the box cannot. */
function scrollWithin(row: HTMLElement): void {
  const box = row.closest('.tree');
  if (!box) return;
  const { top, bottom } = box.getBoundingClientRect();
  const end = Math.min(bottom, window.innerHeight);
  const place = row.getBoundingClientRect();
  if (place.top < top || place.bottom > end) box.scrollTop += place.top - top - (end - top) / 3;
  if (row.getBoundingClientRect().bottom > window.innerHeight) row.scrollIntoView({ block: 'nearest' });
}

/** Arrow keys go through what shows, as in other trees; Tab works, too. */
function onArrow(event: KeyboardEvent<HTMLDivElement>): void {
  const row = event.target instanceof Element ? event.target.closest('.tree-row') : null;
  if (!row) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('.tree-link')];
  const toggle = row.querySelector<HTMLButtonElement>('.tree-toggle');
  const open = toggle?.getAttribute('aria-expanded') === 'true';
  const here = links.findIndex((link) => row.contains(link));
  const parent = row.closest('ul')?.closest('li')?.querySelector<HTMLElement>('.tree-link');
  const actions: Record<string, () => void> = {
    ArrowDown: () => links[here + 1]?.focus(),
    ArrowUp: () => links[here - 1]?.focus(),
    ArrowRight: () => (open ? links[here + 1]?.focus() : toggle?.click()),
    ArrowLeft: () => (open ? toggle.click() : parent?.focus()),
  };
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

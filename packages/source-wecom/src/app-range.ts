import { type Answer, isAnswer } from './answer';
import type { WecomClient } from './client';
import { isId } from './departments';
import { errcodeOf, UNSEEN } from './errors';
import { useridsIn } from './members';

/** An app as the console shows it: whom it may see (可见范围). */
export interface AppRange {
  name: string;
  disabled: boolean;
  /** Members who were picked one by one. */
  userids: string[];
  departments: number[];
  tags: number[];
}

export async function readAppRange(app: WecomClient, agentId: number): Promise<AppRange> {
  const answer = await app.get('agent/get', { agentid: agentId });
  return {
    name: typeof answer['name'] === 'string' ? answer['name'] : '',
    disabled: answer['close'] === 1,
    userids: useridsIn(part(answer, 'allow_userinfos')['user']),
    departments: idsIn(part(answer, 'allow_partys')['partyid']),
    tags: idsIn(part(answer, 'allow_tags')['tagid']),
  };
}

/** Members who are in the range though their department may not be: picked one by one, or by a tag. */
export async function pickedUserids(app: WecomClient, agentId: number): Promise<string[]> {
  const { userids, tags } = await readAppRange(app, agentId);
  const picked = new Set(userids);
  for (const tag of tags) for (const userid of await taggedUserids(app, tag)) picked.add(userid);
  return [...picked];
}

/** Departments of a tag are in the list of departments already. */
async function taggedUserids(app: WecomClient, tagId: number): Promise<string[]> {
  try {
    return useridsIn((await app.get('tag/get', { tagid: tagId }))['userlist']);
  } catch (error) {
    if (UNSEEN.has(errcodeOf(error) ?? 0)) return [];
    throw error;
  }
}

const part = (answer: Answer, name: string): Answer => {
  const value = answer[name];
  return isAnswer(value) ? value : {};
};

const idsIn = (list: unknown): number[] => (Array.isArray(list) ? list.filter(isId) : []);

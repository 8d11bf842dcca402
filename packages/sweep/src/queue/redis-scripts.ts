/**
 * The transactions of a run's ledger in Redis, which runs a script as one.
 *
 * KEYS[1] is the run's record (a hash), KEYS[2] its files (a hash by file name).
 */

/** Lua functions that the scripts below share. */
const shared = `
local function holds(holder)
  if redis.call('HEXISTS', KEYS[1], 'state') == 0
      and redis.call('HGET', KEYS[1], 'holder') == holder then
    return true
  end
  redis.call('HINCRBY', KEYS[1], 'refused', 1)
  return false
end
-- From ARGV[at]: how many checkpoints are kept, their names, then names and bytes of new files.
local function change(at)
  local kept = {}
  local count = tonumber(ARGV[at])
  for i = at + 1, at + count do kept[ARGV[i]] = true end
  for _, file in ipairs(redis.call('HKEYS', KEYS[2])) do
    if string.sub(file, 1, 12) == 'checkpoints/' and not kept[file] then
      redis.call('HDEL', KEYS[2], file)
    end
  end
  for i = at + count + 1, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
end
`;

/** ARGV: holder, worker. */
export const claimScript = `
local state = redis.call('HGET', KEYS[1], 'state')
if state then return {'ended', state} end
if redis.call('HGET', KEYS[1], 'holder') ~= ARGV[1] then
  redis.call('HINCRBY', KEYS[1], 'token', 1)
  redis.call('HINCRBY', KEYS[1], 'claims', 1)
  redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'worker', ARGV[2])
end
local record = redis.call('HMGET', KEYS[1], 'token', 'claims', 'step')
return {'taken', record[1], record[2], record[3] or '0'}
`;

/** ARGV: holder, step, change. */
export const advanceScript = `${shared}
if not holds(ARGV[1]) then return 0 end
change(3)
if tonumber(ARGV[2]) > tonumber(redis.call('HGET', KEYS[1], 'step') or '-1') then
  redis.call('HSET', KEYS[1], 'step', ARGV[2], 'claims', 0)
end
return 1
`;

/** KEYS[3] is the order of ends (a sorted set), KEYS[4] its counter. ARGV: holder, name, state, summary, error, change. */
export const commitScript = `${shared}
-- A commit that is sent again after a broken connection finds its own.
if redis.call('HGET', KEYS[1], 'committedBy') == ARGV[1] then return 1 end
if not holds(ARGV[1]) then return 0 end
change(6)
redis.call('HSET', KEYS[1], 'state', ARGV[3], 'summary', ARGV[4], 'error', ARGV[5],
  'committedBy', ARGV[1])
redis.call('HINCRBY', KEYS[1], 'commits', 1)
redis.call('ZADD', KEYS[3], redis.call('INCR', KEYS[4]), ARGV[2])
return 1
`;

/** ARGV: holder. */
export const giveBackScript = `
if redis.call('HGET', KEYS[1], 'holder') == ARGV[1] then
  redis.call('HDEL', KEYS[1], 'holder', 'worker')
  redis.call('HINCRBY', KEYS[1], 'claims', -1)
end
return 1
`;

/** KEYS[3] as above. ARGV: name. */
export const reopenScript = `
redis.call('HDEL', KEYS[1], 'state', 'summary', 'error', 'committedBy', 'gatheredBy', 'holder',
  'claims', 'step')
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('DEL', KEYS[2])
return 1
`;

/** ARGV: by whom, seconds. */
export const gatheredScript = `
if redis.call('HEXISTS', KEYS[1], 'state') == 0 then return 0 end
if redis.call('HSETNX', KEYS[1], 'gatheredBy', ARGV[1]) == 1 then
  if ARGV[2] == '0' then redis.call('DEL', KEYS[2]) else redis.call('EXPIRE', KEYS[2], ARGV[2]) end
end
return 1
`;

/** What is known of a run but for its files. */
export const recordScript = `
local record = redis.call('HMGET', KEYS[1], 'token', 'claims', 'worker', 'step', 'state', 'summary',
  'error', 'gatheredBy', 'commits', 'refused')
record[#record + 1] = tostring(redis.call('EXISTS', KEYS[2]))
-- A false ends a table on its way out.
for i = 1, #record do record[i] = record[i] or '' end
return record
`;

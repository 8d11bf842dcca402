/**
 * The transactions of a run's ledger in Redis, which runs a script as one.
 *
 * KEYS[1] is the run's record (a hash), KEYS[2] its files (a hash by file name). Times are the
 * server's own: the clocks of workers may be wrong.
 */

/** Lua functions that the scripts below share. */
const shared = `
local function holds(holder)
  if redis.call('HEXISTS', KEYS[1], 'state') == 0
      and redis.call('HGET', KEYS[1], 'holder') == holder then
    return true
  end
  -- A run that the store has forgotten is not remembered by what is refused of it.
  if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HINCRBY', KEYS[1], 'refused', 1) end
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
local record = redis.call('HMGET', KEYS[1], 'token', 'claims', 'step', 'failures')
return {'taken', record[1], record[2], record[3] or '0', record[4] or '0'}
`;

/** ARGV: holder, step, change. */
export const advanceScript = `${shared}
if not holds(ARGV[1]) then return 0 end
change(3)
redis.call('HDEL', KEYS[1], 'trouble')
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
redis.call('HDEL', KEYS[1], 'trouble', 'failures')
redis.call('HINCRBY', KEYS[1], 'commits', 1)
redis.call('ZADD', KEYS[3], redis.call('INCR', KEYS[4]), ARGV[2])
return 1
`;

/** ARGV: holder, why, what is counted: '', 'claim' or 'failure'. Returns how often the run has failed. */
export const giveBackScript = `
if redis.call('HGET', KEYS[1], 'holder') == ARGV[1] then
  redis.call('HDEL', KEYS[1], 'holder', 'worker')
  if ARGV[3] ~= 'claim' then redis.call('HINCRBY', KEYS[1], 'claims', -1) end
  if ARGV[3] == 'failure' then redis.call('HINCRBY', KEYS[1], 'failures', 1) end
  if ARGV[2] ~= '' then redis.call('HSET', KEYS[1], 'trouble', ARGV[2]) end
end
return redis.call('HGET', KEYS[1], 'failures') or '0'
`;

/** KEYS[3] as above, KEYS[4] the results that have been downloaded. ARGV: name, the number of commits that the caller has seen. */
export const reopenScript = `
if (redis.call('HGET', KEYS[1], 'commits') or '0') ~= ARGV[2]
    or redis.call('HEXISTS', KEYS[1], 'state') == 0 then
  return 0
end
redis.call('HDEL', KEYS[1], 'state', 'summary', 'error', 'committedBy', 'gatheredBy', 'holder',
  'claims', 'step', 'failures', 'trouble')
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('ZREM', KEYS[4], ARGV[1])
redis.call('DEL', KEYS[2])
return 1
`;

/**
 * KEYS[3] is the set of results that have been downloaded, by the server's second at which they leave. ARGV: by
 * whom, seconds, name. A full Redis takes what adds to it only behind what takes away.
 */
export const gatheredScript = `
if redis.call('HEXISTS', KEYS[1], 'state') == 0 then return 0 end
if redis.call('HEXISTS', KEYS[1], 'gatheredBy') == 1 then return 1 end
local now = tonumber(redis.call('TIME')[1])
if ARGV[2] == '0' then redis.call('DEL', KEYS[2]) else redis.call('EXPIRE', KEYS[2], ARGV[2]) end
redis.call('HSET', KEYS[1], 'gatheredBy', ARGV[1])
redis.call('ZADD', KEYS[3], now + tonumber(ARGV[2]), ARGV[3])
return 1
`;

/** KEYS[1] is the set of results that have been downloaded. ARGV: how many at most, whether also those whose time has not come. */
export const homeScript = `
local last = ARGV[2] == '1' and '+inf' or redis.call('TIME')[1]
return redis.call('ZRANGE', KEYS[1], '-inf', last, 'BYSCORE', 'LIMIT', 0, ARGV[1])
`;

/** What is known of a run except its files. */
export const recordScript = `
local record = redis.call('HMGET', KEYS[1], 'token', 'claims', 'worker', 'step', 'state', 'summary',
  'error', 'gatheredBy', 'commits', 'refused', 'failures', 'trouble')
-- A false ends a table on its way out.
for i = 1, 12 do record[i] = record[i] or '' end
record[13] = tostring(redis.call('EXISTS', KEYS[2]))
return record
`;

/**
 * KEYS[1] is the store's mark, KEYS[2] the order of ends, KEYS[3] its counter. ARGV: a mark for a
 * store without one, position, limit. Returns mark, counter, then names and positions by turns.
 */
export const lookScript = `
local mark = redis.call('GET', KEYS[1])
if not mark then
  mark = ARGV[1]
  redis.call('SET', KEYS[1], mark)
end
local answer = {mark, redis.call('GET', KEYS[3]) or '0'}
for _, each in ipairs(redis.call('ZRANGE', KEYS[2], '(' .. ARGV[2], '+inf', 'BYSCORE', 'LIMIT', 0,
    ARGV[3], 'WITHSCORES')) do
  answer[#answer + 1] = each
end
return answer
`;

/** KEYS[1] is the set of workers by the server's second at which they were last heard. ARGV: worker, seconds of silence. */
export const beatScript = `
local now = tonumber(redis.call('TIME')[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[2]))
if ARGV[1] ~= '' then redis.call('ZADD', KEYS[1], now, ARGV[1]) end
return redis.call('ZCARD', KEYS[1])
`;

/** KEYS[1] are the jobs that wait. ARGV: a job's id. Lets the others go first. */
export const toBackScript = `
if redis.call('LREM', KEYS[1], -1, ARGV[1]) == 0 then return 0 end
redis.call('LPUSH', KEYS[1], ARGV[1])
return 1
`;

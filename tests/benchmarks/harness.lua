-- Runs one benchmark: lua5.4 harness.lua NAME [ITERATIONS [INNER [BEFORE]]]. Prints its
-- name and the processor time in milliseconds, as harness.self does.
--
-- A benchmark file answers a table: `inner`, how often the work is done in one
-- iteration; `run`, which does it once; `verify`, which knows the result. Where the
-- inner number is a size, the table has `iterate` in the place of `run`.

local here = arg[0]:match("^(.*/)") or ""
local name = arg[1]
if not name then
    io.stderr:write("usage: lua5.4 harness.lua NAME [ITERATIONS [INNER [BEFORE]]]\n")
    os.exit(2)
end
package.path = here .. "?.lua;" .. package.path

local benchmark = require(name)
local iterations = tonumber(arg[2]) or 1
local inner = tonumber(arg[3]) or benchmark.inner

local iterate = benchmark.iterate or function(n)
    for _ = 1, n do
        if not benchmark.verify(benchmark.run()) then return false end
    end
    return true
end

local before = tonumber(arg[4]) or 0
if before > 0 and not iterate(before) then error(name .. ": the result is wrong") end
local start = os.clock()
for _ = 1, iterations do
    if not iterate(inner) then error(name .. ": the result is wrong") end
end
print(string.format("%s %d ms", name, math.floor((os.clock() - start) * 1000 + 0.5)))

-- Leaving a function from a closure that another function calls: from one, and from
-- eight activations down. Lua has no such return; what it has for it is an error
-- caught by pcall, as much work as it takes there.
local NonLocalReturn = { inner = 20 }
local numbers = { 0, 1, 2, 3, 4, 5, 6, 7, 8 }

local function catch(body)
    local home = {}
    local ended, value = pcall(body, function(v)
        home.value = v
        error(home, 0)
    end)
    if ended then return value end
    if value ~= home then error(value, 0) end
    return home.value
end

local function each(v, f)
    for i = 1, #v do f(v[i]) end
end

local function firstFrom(n)
    return catch(function(leave)
        each(numbers, function(e)
            if e >= n then leave(e + 1) end
        end)
        return -1
    end)
end

local function descend(depth, exit)
    if depth == 0 then return exit() end
    return 1 + descend(depth - 1, exit)
end

local function leaveFrom(depth, n)
    return catch(function(leave)
        descend(depth, function() leave(n) end)
        return -1
    end)
end

function NonLocalReturn.run()
    local sum = 0
    for i = 0, 19999 do
        sum = sum + firstFrom(i % 8)
        sum = sum + leaveFrom(8, i)
    end
    return sum
end

function NonLocalReturn.verify(r) return r == 200080000 end

return NonLocalReturn

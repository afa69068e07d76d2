-- Messages to an object that always is of the same kind: no argument, one argument,
-- two arguments, and one that is found two parents up.
local Sends = { inner = 20 }

local Grandparent = {}
Grandparent.__index = Grandparent
function Grandparent:twice(n) return n + n end

local Parent = setmetatable({}, Grandparent)
Parent.__index = Parent

local Receiver = setmetatable({}, Parent)
Receiver.__index = Receiver
function Receiver:one() return 1 end
function Receiver:next(n) return n + 1 end
function Receiver:addTo(a, b) return a + b end

function Sends.run()
    local r, sum = setmetatable({}, Receiver), 0
    for i = 0, 49999 do
        sum = sum + r:one()
        sum = sum + r:next(i)
        sum = r:addTo(i, sum)
        sum = sum + r:twice(i)
    end
    return sum
end

function Sends.verify(r) return r == 5000000000 end

return Sends

-- Short-lived objects, and some that live longer: points are added up, and every
-- hundredth is kept in a ring of a thousand.
local Allocation = { inner = 20 }

local Pair = {}
Pair.__index = Pair

function Pair.new(x, y) return setmetatable({ x = x, y = y }, Pair) end

function Pair:add(other) return Pair.new(self.x + other.x, self.y + other.y) end

function Allocation.run()
    local sum, ring, kept = Pair.new(0, 0), {}, 0
    for i = 0, 49999 do
        sum = sum:add(Pair.new(i, 1))
        if i % 100 == 0 then
            ring[kept % 1000] = sum
            kept = kept + 1
        end
    end
    return sum.x + sum.y
end

function Allocation.verify(r) return r == 1250025000 end

return Allocation

-- Reading and writing the fields of objects: one's own, those of another object, and
-- one that is shared through a class.
local Slots = { inner = 20 }

local Counter = { shared = 0 }
Counter.__index = Counter

function Counter.new() return setmetatable({ a = 0, b = 1, c = 2 }, Counter) end

function Counter:rotate()
    local t = self.a
    self.a = self.b
    self.b = self.c
    self.c = t
    Counter.shared = self.shared + 1
end

function Slots.run()
    local x, y, sum = Counter.new(), Counter.new(), 0
    Counter.shared = 0
    for _ = 1, 50000 do
        x:rotate()
        y.a = x.b
        y.b = x.c + y.a
        y.c = y.a + y.b
        sum = sum + y.c
    end
    return sum + y.shared
end

function Slots.verify(r) return r == 199999 end

return Slots

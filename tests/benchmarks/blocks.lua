-- Closures that are really made and passed on: to functions that call them, held in a
-- table, and handed from one function to the next. Each reads and writes its home.
local Blocks = { inner = 20 }

function Blocks:apply(b, x) return b(x) end
function Blocks:twice(b) b(); b() end
function Blocks:pass(b, x, y) return b(x, y) end
function Blocks:relay(b, x, y) return self:pass(b, x, y) end

function Blocks.run()
    local self, sum, kept = Blocks, 0, {}
    for i = 0, 19999 do
        sum = sum + self:apply(function(x) return x + i end, 1)
        self:twice(function() sum = sum + 1 end)
        sum = sum + self:relay(function(x, y) return x - y + i end, 5, 2)
    end
    for k = 0, 999 do kept[k + 1] = function(x) return x + k end end
    for _ = 1, 20 do
        for i = 1, #kept do sum = sum + kept[i](1) end
    end
    return sum
end

function Blocks.verify(r) return r == 410110000 end

return Blocks

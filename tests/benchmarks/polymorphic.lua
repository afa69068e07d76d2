-- One place that sends the same message to objects of eight kinds in turn.
local Polymorphic = { inner = 20 }

local function kind(area)
    local k = { area = area }
    k.__index = k
    return k
end

local square = kind(function(s) return s.side * s.side end)
local rectangle = kind(function(s) return s.width * s.height end)
local triangle = kind(function(s) return s.base * s.height / 2 end)
local diamond = kind(function(s) return s.wide * s.high / 2 end)
local line = kind(function() return 0 end)
local dot = kind(function() return 1 end)
local frame = kind(function(s) return s.outer * s.outer - s.gap * s.gap end)
local stripe = kind(function(s) return s.length + s.length end)

local function shapes()
    return {
        setmetatable({ side = 3 }, square),
        setmetatable({ width = 2, height = 5 }, rectangle),
        setmetatable({ base = 4, height = 6 }, triangle),
        setmetatable({ wide = 8, high = 2 }, diamond),
        setmetatable({ length = 7 }, line),
        setmetatable({}, dot),
        setmetatable({ outer = 5, gap = 3 }, frame),
        setmetatable({ length = 9 }, stripe),
    }
end

function Polymorphic.run()
    local all, sum = shapes(), 0
    for _ = 1, 10000 do
        for i = 1, #all do sum = sum + all[i]:area() end
    end
    return sum
end

function Polymorphic.verify(r) return r == 740000 end

return Polymorphic

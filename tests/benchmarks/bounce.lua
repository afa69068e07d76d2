-- A hundred balls in a box.
local Random = require("random")
local Bounce = { inner = 1500 }

local Ball = {}
Ball.__index = Ball

function Ball.new(random)
    return setmetatable({
        x = random:next() % 500,
        y = random:next() % 500,
        xVelocity = random:next() % 300 - 150,
        yVelocity = random:next() % 300 - 150,
    }, Ball)
end

function Ball:bounce()
    local abs, bounced = math.abs, false
    self.x = self.x + self.xVelocity
    self.y = self.y + self.yVelocity
    if self.x > 500 then self.x = 500; self.xVelocity = 0 - abs(self.xVelocity); bounced = true end
    if self.x < 0 then self.x = 0; self.xVelocity = abs(self.xVelocity); bounced = true end
    if self.y > 500 then self.y = 500; self.yVelocity = 0 - abs(self.yVelocity); bounced = true end
    if self.y < 0 then self.y = 0; self.yVelocity = abs(self.yVelocity); bounced = true end
    return bounced
end

function Bounce.run()
    local random, balls, bounces = Random.new(), {}, 0
    for i = 1, 100 do balls[i] = Ball.new(random) end
    for _ = 1, 50 do
        for i = 1, #balls do
            if balls[i]:bounce() then bounces = bounces + 1 end
        end
    end
    return bounces
end

function Bounce.verify(r) return r == 1331 end

return Bounce
